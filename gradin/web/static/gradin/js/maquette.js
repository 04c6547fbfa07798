// « Valable pour ma maquette » on the rows: asked once for the person of this page, put again on rows that are written again.

import { copy, setText } from "./modeles.js";

export class Maquette {
  constructor(page, postes) {
    Object.assign(this, { page, postes });
    this.utiles = new Map();
    this.hors = new Set();
  }

  // A help and nothing more: what does not come is not asked again. Nobody reads his mandant's.
  async start() {
    const { maquette } = this.page.dataset;
    if (!maquette) return;
    const reponse = await fetch(maquette, { headers: { Accept: "application/json" }, credentials: "same-origin" }).catch(() => null);
    if (!reponse?.ok) return;
    const { utiles, hors } = await reponse.json();
    this.utiles = new Map(utiles.flatMap(([servies, numeros]) => numeros.map((numero) => [numero, servies])));
    this.hors = new Set(hors);
    this.mark();
    this.page.querySelector("[data-pour-maquette]").hidden = this.utiles.size === 0;
  }

  mark() {
    for (const [numero, ligne] of this.postes.lignes) {
      if (ligne.dataset.maquette) continue;
      const servies = this.utiles.get(numero);
      if (servies) this.put(ligne, "valable", servies);
      else if (this.hors.has(numero)) this.put(ligne, "hors_maquette", "");
    }
  }

  put(ligne, modele, servies) {
    const marque = copy(modele);
    setText(marque.querySelector("[data-servies]"), servies);
    ligne.dataset.maquette = servies ? "oui" : "non";
    ligne.append(marque);
  }
}
