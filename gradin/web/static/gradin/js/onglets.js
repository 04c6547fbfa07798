// The phone's tab bar: postes, favourites, my session, one at a time.

import { setText } from "./modeles.js";

export class Onglets {
  constructor(page, { ouvrir }) {
    this.vues = page.querySelector("[data-vues]");
    this.boutons = [...document.querySelectorAll("[data-onglet-bouton]")];
    this.ouvrir = ouvrir;
    for (const bouton of this.boutons) bouton.addEventListener("click", () => this.open(bouton.dataset.ongletBouton));
  }

  open(nom) {
    this.mark(nom);
    this.ouvrir(nom);
    if (matchMedia("(max-width: 63.99rem)").matches) this.vues.scrollIntoView({ block: "start" });
  }

  // Who has favourites begins with them, as in DCI's application.
  showFavourites(nombre) {
    const bouton = this.boutons.find((un) => un.dataset.ongletBouton === "favoris");
    setText(bouton.querySelector("[data-favoris-nombre]"), String(nombre));
    if (bouton.hidden && nombre) this.mark("favoris");
    bouton.hidden = nombre === 0;
  }

  // A star pressed while looking at the postes moves nobody elsewhere.
  countFavourites(nombre) {
    const bouton = this.boutons.find((un) => un.dataset.ongletBouton === "favoris");
    setText(bouton.querySelector("[data-favoris-nombre]"), String(nombre));
    bouton.hidden = nombre === 0;
    if (!nombre && this.vues.dataset.onglet === "favoris") this.mark("postes");
  }

  mark(nom) {
    this.vues.dataset.onglet = nom;
    for (const bouton of this.boutons) {
      if (bouton.dataset.ongletBouton === nom) bouton.setAttribute("aria-current", "true");
      else bouton.removeAttribute("aria-current");
    }
  }
}
