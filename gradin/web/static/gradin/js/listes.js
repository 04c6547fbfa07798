// Live lists: asks every five seconds whether something changed, and only then for the list again.

import { Horloge, Battement } from "./horloge.js";
import { hourSeconds } from "./mots.js";

const PERIODE = 5_000;
const FUSEAU = "Europe/Paris";

class Liste {
  constructor(element, horloge) {
    this.element = element;
    this.horloge = horloge;
    this.version = element.dataset.version;
    this.adresse = `/version/?semestre=${encodeURIComponent(element.dataset.semestre)}`;
    this.fraicheur = document.querySelector("[data-fraicheur]");
  }

  start() {
    this.ask();
    setInterval(() => { if (!document.hidden) this.ask(); }, PERIODE);
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.ask(); });
  }

  async ask() {
    try {
      const reponse = await fetch(this.adresse, { headers: { Accept: "application/json" } });
      if (!reponse.ok) throw new Error(String(reponse.status));
      this.horloge.readHeader(reponse);
      const { version } = await reponse.json();
      if (this.version && version !== this.version) await this.refresh();
      this.version = version;
      this.say(true);
    } catch {
      this.say(false);
    }
  }

  async refresh() {
    const reponse = await fetch(location.href, { headers: { "Gradin-Fragment": "1" } });
    if (!reponse.ok) throw new Error(String(reponse.status));
    this.replace(await reponse.text());
  }

  // What was open stays open, what had the focus keeps it, the page does not move.
  replace(html) {
    const ouverts = new Set([...this.element.querySelectorAll("details[open][id]")].map((d) => d.id));
    const actif = this.element.contains(document.activeElement) ? document.activeElement : null;
    const rang = actif ? focusables(this.element).indexOf(actif) : -1;
    const defile = this.element.querySelector(".table-cadre")?.scrollLeft;
    this.element.innerHTML = html;
    for (const details of this.element.querySelectorAll("details[id]")) {
      if (ouverts.has(details.id)) details.open = true;
    }
    const cadre = this.element.querySelector(".table-cadre");
    if (cadre && defile) cadre.scrollLeft = defile;
    if (rang >= 0) focusables(this.element)[rang]?.focus({ preventScroll: true });
    this.element.dispatchEvent(new CustomEvent("liste:changee"));
  }

  // A « non pourvu » is never shown as fresh when it is not.
  say(liee) {
    if (!this.fraicheur) return;
    this.fraicheur.classList.toggle("est-perimee", !liee);
    const heure = this.fraicheur.querySelector("[data-heure]");
    if (liee) {
      heure.textContent = hourSeconds(this.horloge.now(), FUSEAU);
      this.fraicheur.firstChild.textContent = "à ";
    } else {
      this.fraicheur.firstChild.textContent = "connexion perdue, l’état date de ";
    }
  }
}

// The seconds of the one who chooses, on the home page.
class Compte {
  constructor(liste, horloge) {
    Object.assign(this, { liste, horloge, fin: null });
    this.battement = new Battement(horloge, () => this.fin, () => this.show());
  }

  async ask() {
    const element = this.liste.querySelector("[data-compte]");
    if (!element) { this.fin = null; return; }
    const reponse = await fetch(`/api/v1/amphis/${element.dataset.amphi}`, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!reponse?.ok) return;
    this.horloge.readHeader(reponse);
    this.fin = (await reponse.json()).tour?.fin ?? null;
    this.battement.restart();
  }

  show() {
    const temps = this.liste.querySelector("[data-compte-temps]");
    if (!temps) return;
    const reste = this.fin === null ? null : Math.max(0, Math.ceil((this.fin - this.horloge.now()) / 1000));
    temps.textContent = reste === null ? "" : `${reste}\u00a0s`;
  }
}

function focusables(element) {
  return [...element.querySelectorAll("a[href], button, summary, input, select, [tabindex='0']")];
}

const horloge = new Horloge();
const element = document.querySelector("[data-liste]");
if (element) {
  new Liste(element, horloge).start();
  const compte = new Compte(element, horloge);
  compte.ask();
  element.addEventListener("liste:changee", () => compte.ask());
}
for (const bouton of document.querySelectorAll("[data-imprimer]")) {
  bouton.hidden = false;
  bouton.addEventListener("click", () => print());
}
