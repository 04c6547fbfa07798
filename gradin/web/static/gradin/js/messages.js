// The bell: messages of the ARS, how many were not read, and the window that shows them.

import { count, hour } from "./mots.js";

export class Messages {
  constructor(page, { fuseau, cle }) {
    this.fuseau = fuseau;
    this.cle = `gradin-lus-${cle}`;
    this.bouton = document.querySelector("[data-cloche]");
    this.fenetre = page.querySelector("[data-messages]");
    this.liste = page.querySelector("[data-liste-messages]");
    this.messages = [];
    if (!this.bouton) return;
    this.bouton.hidden = false;
    this.bouton.addEventListener("click", () => this.open());
    this.fenetre.querySelector("[data-fermer]").addEventListener("click", () => this.fenetre.close());
  }

  show(messages) {
    if (messages.length === this.messages.length && messages.at(-1)?.n === this.messages.at(-1)?.n) return null;
    const nouveaux = messages.filter((m) => !this.messages.some((connu) => connu.n === m.n));
    this.messages = messages;
    this.page();
    this.countUnread();
    return nouveaux.at(-1) ?? null;
  }

  page() {
    this.liste.replaceChildren(...[...this.messages].reverse().map((message) => {
      const ligne = document.createElement("li");
      const quand = document.createElement("time");
      quand.textContent = hour(message.a, this.fuseau);
      ligne.append(quand, message.texte);
      return ligne;
    }));
    this.fenetre.querySelector("[data-sans-message]").hidden = this.messages.length > 0;
  }

  open() {
    this.fenetre.showModal();
    sessionStorage.setItem(this.cle, String(this.messages.at(-1)?.n ?? 0));
    this.countUnread();
  }

  // Nothing stays over the postes and the seconds when one's turn begins.
  close() {
    if (this.fenetre.open) this.fenetre.close();
  }

  countUnread() {
    if (!this.bouton) return;
    const lu = Number(sessionStorage.getItem(this.cle) ?? 0);
    const nombre = this.fenetre.open ? 0 : this.messages.filter((message) => message.n > lu).length;
    const pastille = this.bouton.querySelector("[data-cloche-nombre]");
    pastille.hidden = nombre === 0;
    pastille.textContent = String(nombre);
    this.bouton.querySelector("[data-cloche-mots]").textContent =
      nombre ? count(nombre, "nouveau message de l’ARS", "nouveaux messages de l’ARS") : "Messages de l’ARS";
  }
}
