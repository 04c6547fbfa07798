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
    const avant = this.poste;
    this.poste = poste;
    this.place.hidden = true;
    if (!ligne) { this.tellAnnulled(avant); return; }
    try {
      const recu = await this.reseau.read(`${this.page.dataset.recu}&format=json`);
      // The answer to my own click may have shown it meanwhile, and holds the focus.
      if (recu.poste === this.poste && this.place.hidden) this.show(recu, ligne, avant);
    } catch {
      // The stage keeps its link to the receipt's own page.
    }
  }

  // A choice that stands no more is not « fait »: the ARS took it back, and the stage above says what follows.
  tellAnnulled(avant) {
    const bandeau = copy("annule");
    setText(bandeau.querySelector("[data-texte]"), `L’ARS a annulé votre choix du poste n° ${avant}.`);
    this.place.replaceChildren(bandeau);
    this.place.hidden = false;
  }

  // `avant`: the poste that this page showed as mine until now.
  show(recu, ligne, avant = null) {
    const { fuseau } = this.page.dataset;
    const section = copy("recu");
    this.poste = ligne.dataset.poste;
    fillFiche(section, ligne);
    const dire = (nom, texte) => setText(section.querySelector(`[data-recu-${nom}]`), texte);
    const { titre, phrase } = this.say(recu, avant);
    dire("titre", titre);
    dire("phrase", phrase);
    dire("heure", `à ${hourSeconds(Date.parse(recu.a), fuseau)}`);
    dire("n", `n° ${recu.n}`);
    dire("h", recu.h);
    this.place.replaceChildren(section);
    this.place.hidden = false;
  }

  // « C’est fait » is for who chose; what the ARS entered or corrected is said to be its act.
  say(recu, avant) {
    const definitif = "Ce choix est enregistré et définitif.";
    if (recu.prive?.voie !== "ars") {
      return { titre: `C’est fait, ${this.page.dataset.prenom}.`, phrase: `Le poste n° ${this.poste} est le vôtre. Votre choix est enregistré et définitif.` };
    }
    if (avant) return { titre: "L’ARS a corrigé votre choix", phrase: `Le poste n° ${this.poste} remplace le n° ${avant}. ${definitif}` };
    return { titre: "L’ARS a enregistré votre choix", phrase: `Le poste n° ${this.poste} est le vôtre. ${definitif}` };
  }

  focus() {
    this.place.querySelector("[data-recu-titre]").focus({ preventScroll: true });
  }
}
