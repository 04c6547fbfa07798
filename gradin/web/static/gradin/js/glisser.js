// Dragging the lines of a list by their handle, with a mouse, a pen or a finger. An extra: numbers and buttons do the same.

const BORD = 96;
const PAS = 12;
const MARQUES = ["est-avant", "est-sur", "est-apres"];

/** Lines of `[data-rangeable]` with a `[data-poignee]`. `drop(ligne, repere, ou)`: `ou` is avant, apres, and sur where lines may be equal. */
export function letDrag(page, selecteur, drop) {
  page.addEventListener("pointerdown", (geste) => {
    const poignee = geste.target.closest("[data-poignee]");
    const ligne = poignee?.closest(selecteur);
    if (!ligne || geste.button !== 0) return;
    geste.preventDefault();
    new Glisse(page, selecteur, ligne, poignee, geste).start(drop);
  });
}

/** After the list has been drawn again. */
export function showHandles(page) {
  for (const liste of page.querySelectorAll("[data-rangeable]")) liste.dataset.pret = "";
}

class Glisse {
  constructor(page, selecteur, ligne, poignee, geste) {
    Object.assign(this, { page, selecteur, ligne, poignee, x: geste.clientX, y: geste.clientY });
    this.depart = geste.clientY + scrollY;
    this.pointeur = geste.pointerId;
    this.liste = ligne.closest("[data-rangeable]");
    this.fin = new AbortController();
  }

  start(drop) {
    const { signal } = this.fin;
    this.poignee.setPointerCapture(this.pointeur);
    this.ligne.classList.add("est-tire");
    this.poignee.addEventListener("pointermove", (geste) => this.move(geste.clientX, geste.clientY), { signal });
    this.poignee.addEventListener("pointerup", () => this.release(drop), { signal });
    for (const nom of ["pointercancel", "lostpointercapture"]) this.poignee.addEventListener(nom, () => this.stop(), { signal });
    addEventListener("keydown", (touche) => { if (touche.key === "Escape") this.stop(); }, { signal });
    this.beat();
  }

  move(x, y) {
    Object.assign(this, { x, y });
    this.ligne.style.translate = `0 ${y + scrollY - this.depart}px`;
    this.mark();
  }

  mark() {
    this.unmark();
    this.repere = this.under();
    if (!this.repere) return;
    const { top, height } = this.repere.getBoundingClientRect();
    this.ou = this.side((this.y - top) / height);
    this.repere.classList.add(`est-${this.ou}`);
  }

  // The line under the pointer, through the one that it carries.
  under() {
    const lignes = document.elementsFromPoint(this.x, this.y).map((un) => un.closest(this.selecteur));
    return lignes.find((une) => une && une !== this.ligne && this.liste.contains(une)) ?? null;
  }

  side(part) {
    if (this.liste.dataset.rangeable !== "egalites") return part < .5 ? "avant" : "apres";
    if (part < .3) return "avant";
    return part > .7 ? "apres" : "sur";
  }

  // A long list follows the finger that reaches the edge of the screen.
  beat() {
    if (this.fin.signal.aborted) return;
    const pas = this.y < BORD ? -PAS : this.y > innerHeight - BORD ? PAS : 0;
    if (pas && this.moved()) {
      scrollBy({ top: pas, behavior: "instant" });
      this.move(this.x, this.y);
    }
    requestAnimationFrame(() => this.beat());
  }

  moved() {
    return this.ligne.style.translate !== "";
  }

  release(drop) {
    const { ligne, repere, ou } = this;
    this.stop();
    if (repere) drop(ligne, repere, ou);
  }

  stop() {
    this.fin.abort();
    this.unmark();
    this.ligne.classList.remove("est-tire");
    this.ligne.style.translate = "";
  }

  unmark() {
    this.repere?.classList.remove(...MARQUES);
  }
}
