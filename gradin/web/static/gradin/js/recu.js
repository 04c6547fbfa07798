// The receipt on the page of the room, as long as the choice stands.

import { copy, fillFiche, setText } from "./modeles.js";
import { hourSeconds } from "./mots.js";

export class Recu {
  constructor(page, reseau) {
    this.page = page;
    this.reseau = reseau;
    this.place = page.querySelector("[data-recu-ici]");
    this.poste = null;
  }

  // `ligne`: the row of the poste I hold, or null. Chosen elsewhere, corrected, annulled: the page follows.
  async follow(ligne) {
    const poste = ligne?.dataset.poste ?? null;
    if (poste === this.poste) return;
    this.poste = poste;
    this.place.hidden = true;
    if (!ligne) return;
    try {
      const recu = await this.reseau.read(`${this.page.dataset.recu}&format=json`);
      // The answer to my own click may have shown it meanwhile, and holds the focus.
      if (recu.poste === this.poste && this.place.hidden) this.show(recu, ligne);
    } catch {
      // The stage keeps its link to the receipt's own page.
    }
  }

  show(recu, ligne) {
    const { prenom, fuseau } = this.page.dataset;
    const section = copy("recu");
    this.poste = ligne.dataset.poste;
    fillFiche(section, ligne);
    const dire = (nom, texte) => setText(section.querySelector(`[data-recu-${nom}]`), texte);
    dire("titre", `C’est fait, ${prenom}.`);
    dire("phrase", `Le poste n° ${this.poste} est le vôtre. Votre choix est enregistré et définitif.`);
    dire("heure", `à ${hourSeconds(Date.parse(recu.a), fuseau)}`);
    dire("n", `n° ${recu.n}`);
    dire("h", recu.h);
    this.place.replaceChildren(section);
    this.place.hidden = false;
  }

  focus() {
    this.place.querySelector("[data-recu-titre]").focus({ preventScroll: true });
  }
}
