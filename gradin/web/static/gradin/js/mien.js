// What is mine alone in the room: what I may choose, my favourites, the type of my choice, the end of my tour.

import { setText } from "./modeles.js";

export class Mien {
  constructor(page, reseau) {
    this.page = page;
    this.reseau = reseau;
    this.interdits = new Map();
    this.avertissements = new Map();
    this.favoris = [];
    this.type_choix = page.dataset.typeChoix;
    this.cause = "";
    this.retour = false;
    this.tour = null;
  }

  async ask() {
    this.read(await this.reseau.mine());
  }

  read(lu) {
    if (this.type_choix && lu.type_choix !== this.type_choix) this.tellType(lu.type_choix);
    const parPoste = (liste) => new Map((liste ?? []).map((ligne) => [ligne.poste, ligne]));
    this.type_choix = lu.type_choix;
    this.favoris = lu.favoris ?? [];
    this.cause = lu.cause_passe ?? "";
    this.retour = lu.retour_possible ?? false;
    this.interdits = parPoste(lu.interdits);
    this.avertissements = parPoste(lu.avertissements);
    this.tour = lu.tour ? { tour: lu.tour, fin: lu.fin, suspendu: lu.suspendu } : null;
  }

  // In force from now on, also in an open tour: said aloud, and wherever the page names it.
  tellType(type) {
    const mots = type.replaceAll("_", " ");
    for (const place of this.page.querySelectorAll("[data-type-mots]")) setText(place, mots);
    setText(this.page.querySelector("[data-type-change-mots]"), `Vous choisissez maintenant en ${mots}. Vérifiez les postes qui vous sont ouverts.`);
    this.page.querySelector("[data-type-change]").hidden = false;
  }

  // Of the tour now open; mine may end later than what others are shown.
  endOf(tour) {
    if (!tour) return null;
    return this.tour && this.tour.tour === tour.tour ? this.tour.fin : tour.fin;
  }
}
