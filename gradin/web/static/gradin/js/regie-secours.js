// A copy of the state for paper, kept by this page: it still downloads when the platform no longer answers.

import { hour } from "./mots.js";

const PERIODE = 45_000;

export class Secours {
  constructor(lien, { horloge, fuseau }) {
    Object.assign(this, { lien, horloge, fuseau, adresse: lien.href });
  }

  start() {
    this.refresh();
    setInterval(() => this.refresh(), PERIODE);
  }

  async refresh() {
    try {
      const reponse = await fetch(this.adresse, { credentials: "same-origin" });
      if (!reponse.ok) return;
      this.keep(await reponse.blob());
    } catch {
      // The copy of the last minute stays.
    }
  }

  keep(fichier) {
    const ancienne = this.url;
    this.url = URL.createObjectURL(fichier);
    this.lien.href = this.url;
    this.lien.querySelector("[data-secours-mots]").textContent = `État papier, ${hour(this.horloge.connue ? this.horloge.now() : Date.now(), this.fuseau)}`;
    if (ancienne) URL.revokeObjectURL(ancienne);
  }
}
