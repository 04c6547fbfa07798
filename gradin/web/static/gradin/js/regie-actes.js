// Acts of the ARS: their forms open in one dialog, and go to the API with tour, vu and a key.

const NOMBRES = new Set(["tour", "vu", "interne", "ms", "session", "proposition", "avec", "rang"]);
const TUS = new Set(["csrfmiddlewaretoken", "cle", "acte"]);
const NON_FAIT = "L’acte n’a pas été fait. Rechargez la page, puis recommencez.";
const SANS_REPONSE = "On ne sait pas si l’acte est fait. Réessayez\u00a0: il ne sera pas fait deux fois.";

export class Actes {
  // `faire(avis)`: an act was accepted. `depuis()`: last sequence seen.
  constructor(page, { faire, depuis, horloge }) {
    Object.assign(this, { page, faire, depuis, horloge });
    this.dialogue = page.querySelector("[data-dialogue]");
    this.avis = page.querySelector("[data-avis]");
  }

  start() {
    this.page.addEventListener("click", (evenement) => this.click(evenement));
    this.page.addEventListener("submit", (evenement) => this.submit(evenement));
    // A key held down must not confirm what it has just opened.
    this.dialogue.addEventListener("keydown", (e) => { if (e.repeat && e.key === "Enter") e.preventDefault(); });
    this.dialogue.addEventListener("close", () => this.giveFocusBack());
    this.dialogue.addEventListener("click", (e) => { if (e.target === this.dialogue) this.dialogue.close(); });
  }

  click(evenement) {
    if (evenement.metaKey || evenement.ctrlKey || evenement.shiftKey) return;
    const lien = evenement.target.closest("a[data-acte], a[data-fermer]");
    if (!lien) return;
    if (lien.matches("[data-fermer]")) {
      if (!this.dialogue.open) return;
      evenement.preventDefault();
      this.dialogue.close();
      return;
    }
    evenement.preventDefault();
    lien.closest("details.tiroir")?.removeAttribute("open");
    this.open(lien.href);
  }

  // The server writes the form: consequence, names and postes are those of this instant.
  async open(adresse) {
    try {
      const reponse = await fetch(adresse, { headers: { "Gradin-Fragment": "1" }, credentials: "same-origin" });
      if (!reponse.ok) throw new Error(String(reponse.status));
      if (!this.dialogue.open) this.origine = originOf(document.activeElement);
      this.dialogue.innerHTML = await reponse.text();
      if (this.dialogue.open) this.focusInside();
      else this.dialogue.showModal();
    } catch {
      location.href = adresse;
    }
  }

  focusInside() {
    const premier = this.dialogue.querySelector("[autofocus], input:not([type=hidden]), select, textarea, button, a[href]");
    premier?.focus();
  }

  // The opener may have been drawn again meanwhile: the same link is looked for.
  giveFocusBack() {
    this.dialogue.replaceChildren();
    const lien = this.origine && [...this.page.querySelectorAll("a[href], input[id]")].find((e) => originOf(e) === this.origine);
    lien?.focus({ preventScroll: true });
    if (lien?.matches("input")) lien.select();
  }

  submit(evenement) {
    const ouvre = evenement.target.closest("form[data-acte-ouvrir]");
    if (ouvre) {
      evenement.preventDefault();
      this.open(`${ouvre.action}?${new URLSearchParams(new FormData(ouvre))}`);
      return;
    }
    const formulaire = evenement.target.closest("form[data-acte-formulaire]");
    if (!formulaire) return;
    evenement.preventDefault();
    if (formulaire.dataset.envoi) return;
    this.send(formulaire);
  }

  async send(formulaire) {
    formulaire.dataset.envoi = "oui";
    const boutons = [...formulaire.querySelectorAll("button[type=submit]")];
    for (const bouton of boutons) bouton.setAttribute("aria-disabled", "true");
    try {
      const { statut, contenu } = await this.post(read(formulaire, this.depuis()), formulaire.elements.cle.value);
      if (statut < 300) this.accept(formulaire, statut, contenu);
      else this.refuse(formulaire, contenu.message ?? (statut < 500 ? NON_FAIT : SANS_REPONSE));
    } catch {
      this.refuse(formulaire, SANS_REPONSE);
    } finally {
      delete formulaire.dataset.envoi;
      for (const bouton of boutons) bouton.removeAttribute("aria-disabled");
    }
  }

  async post(corps, cle) {
    const reponse = await fetch(`${this.page.dataset.api}/commandes`, {
      method: "POST",
      credentials: "same-origin",
      headers: {
        Accept: "application/json", "Content-Type": "application/json",
        "X-CSRFToken": this.page.dataset.jeton, "Idempotency-Key": cle,
      },
      body: JSON.stringify(corps),
    });
    this.horloge.readHeader(reponse);
    return { statut: reponse.status, contenu: await reponse.json().catch(() => ({})) };
  }

  accept(formulaire, statut, contenu) {
    if (this.dialogue.open) this.dialogue.close();
    if (statut === 202) this.say(contenu.message ?? "L’acte attend un second agent.");
    else this.say(contenu.deja ? "C’était déjà fait." : formulaire.dataset.fait);
    if ("recharge" in formulaire.dataset) location.reload();
    else this.faire();
  }

  refuse(formulaire, message) {
    const place = (formulaire.closest(".acte") ?? formulaire).querySelector("[data-refus]");
    if (!place) { this.say(message, true); this.faire(); return; }
    place.querySelector("[data-refus-texte]").textContent = message;
    place.hidden = false;
    place.scrollIntoView({ block: "nearest" });
  }

  say(message, refus = false) {
    clearTimeout(this.efface);
    this.avis.classList.toggle("avis--refus", refus);
    this.avis.textContent = message;
    this.efface = setTimeout(() => { this.avis.textContent = ""; }, 12_000);
  }
}

// What had the focus, in words that outlive a new drawing.
function originOf(element) {
  return element?.getAttribute("href") ?? (element?.matches("input") ? `#${element.id}` : null);
}

// The form as the API's JSON; empty fields are left out.
function read(formulaire, vu) {
  const corps = {};
  for (const [nom, valeur] of new FormData(formulaire)) {
    if (TUS.has(nom) || valeur === "") continue;
    corps[nom] = NOMBRES.has(nom) ? Number(valeur) : valeur;
  }
  corps.vu = vu;
  if (corps.depasser) corps.depasser = true;
  if (corps.type === "coupler") {
    corps.internes = [corps.interne, corps.avec];
    delete corps.interne;
    delete corps.avec;
  }
  if (corps.type === "corriger_liste") corps.liste = readListe(corps);
  return corps;
}

// Two ranks exchanged, or an INE that takes a rank.
function readListe({ ine, interne, rang, echange }) {
  if (ine) return [{ ine, rang }];
  const [autre, sien] = echange.split(":").map(Number);
  return [{ interne, rang: sien }, { interne: autre, rang }];
}
