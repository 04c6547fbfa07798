// The list of internes: blue frame who chooses, green frame me; only the lines shown exist, only those changed are rewritten.

import { copy, setText } from "./modeles.js";

const CLASSES = { en_cours: "appel__ligne--choisit", a_venir: "appel__ligne--attend", passe: "appel__ligne--absent", hors_choix: "appel__ligne--absent" };

export class Appel {
  constructor(page, { moi, sessions, nommer }) {
    this.page = page;
    this.liste = page.querySelector("[data-appel]");
    this.suivi = page.querySelector("[data-suivi]");
    this.moi = moi;
    this.sessions = sessions;
    this.nommer = nommer;
    this.etendue = sessions.length > 1 ? "session" : "toutes";
    this.lignes = new Map();
    for (const bouton of page.querySelectorAll("[data-etendue]")) {
      bouton.addEventListener("click", () => { this.etendue = bouton.dataset.etendue; this.rebuild(); this.follow(true); });
    }
    page.querySelector("[data-courant]").addEventListener("click", () => this.goToCurrent());
    this.suivi.addEventListener("change", () => this.follow());
  }

  show(etat, numeros) {
    this.etat = etat;
    if (numeros === null || !this.lignes.size) { this.rebuild(); this.follow(true); return; }
    for (const numero of numeros) {
      const ligne = this.lignes.get(numero);
      if (ligne) this.write(ligne, etat.internes.get(numero));
    }
    this.follow();
  }

  rebuild() {
    for (const bouton of this.page.querySelectorAll("[data-etendue]")) {
      bouton.setAttribute("aria-pressed", String(bouton.dataset.etendue === this.etendue));
    }
    this.lignes.clear();
    const lignes = this.shown().map((interne) => {
      const ligne = document.createElement("li");
      this.lignes.set(interne.interne, ligne);
      this.write(ligne, interne);
      return ligne;
    });
    this.liste.replaceChildren(...lignes);
  }

  shown() {
    const tous = this.etat.ordre.map((numero) => this.etat.internes.get(numero));
    const rang = this.etat.internes.get(this.moi)?.rang;
    const mienne = this.sessions.find((s) => rang >= s.rang_de && rang <= s.rang_a);
    if (this.etendue === "toutes" || !mienne) return tous;
    return tous.filter((interne) => interne.rang >= mienne.rang_de && interne.rang <= mienne.rang_a);
  }

  write(ligne, interne) {
    const estMoi = interne.interne === this.moi;
    const choix = interne.poste ? this.nommer(interne.poste) : "";
    const signature = [interne.rang, interne.nom, interne.statut, choix].join("\n");
    if (ligne.signature === signature) return;
    ligne.signature = signature;
    ligne.className = `appel__ligne ${CLASSES[interne.statut] ?? ""}${estMoi ? " appel__ligne--moi" : ""}`;
    const contenu = [
      span("appel__rang", String(interne.rang)),
      span("appel__nom", interne.nom ?? `Rang ${interne.rang}`),
      copy(this.model(interne.statut, estMoi)),
    ];
    if (choix) contenu.push(span("appel__choix", choix));
    ligne.replaceChildren(...contenu);
  }

  model(statut, estMoi) {
    if (!estMoi) return statut;
    if (statut === "en_cours") return "a_vous";
    return statut === "a_venir" ? "vous" : statut;
  }

  // « Suivi auto. »: the list follows the light, the page does not move.
  follow(dAbord = false) {
    if (!this.suivi.checked && !dAbord) return;
    const numero = this.etat.tour?.interne ?? this.moi;
    this.scrollTo(this.lignes.get(numero) ?? this.lignes.get(this.moi));
  }

  goToCurrent() {
    const numero = this.etat.tour?.interne;
    if (numero === undefined) return;
    if (!this.lignes.has(numero)) { this.etendue = "toutes"; this.rebuild(); }
    this.scrollTo(this.lignes.get(numero));
  }

  // Twice more after the first: lines off screen have a guessed height until they come near.
  scrollTo(ligne, reste = 2) {
    if (!ligne || !this.liste.clientHeight) return;
    if (reste) requestAnimationFrame(() => this.scrollTo(ligne, reste - 1));
    this.liste.scrollTop += ligne.getBoundingClientRect().top - this.liste.getBoundingClientRect().top - this.liste.clientHeight / 3;
  }
}

function span(classe, texte) {
  const element = document.createElement("span");
  element.className = classe;
  setText(element, texte);
  return element;
}
