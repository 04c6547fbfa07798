// The recap window: one question, one key, one answer. A lost network is tried again with the same key.

import { copy, fillFiche, setText } from "./modeles.js";
import { count } from "./mots.js";
import { newKey } from "./reseau.js";

const ESSAIS = [0, 300, 700, 1_500, 3_000, 5_000];
// What is sent into a cut stays there for as long again after its end: TCP waits twice longer each time.
const PATIENCE = 6_000;
const SANS_REPONSE = "Le service n’a pas répondu : on ne sait pas encore si votre choix est enregistré. Confirmez de nouveau : il ne comptera qu’une fois.";
const TERMINE_SANS_REPONSE = "Votre tour est terminé. Rechargez la page : elle dit si votre choix est enregistré.";
const REFUS_SANS_SUITE = new Set(["temps_ecoule", "deja_passe", "pas_votre_tour", "deja_affecte", "mandataire_seul"]);

export class Choix {
  // `lire()` → {tour, vu, reste, blocage}: `blocage` says why nothing can be sent now, or is empty. `accepter(recu, ligne)`: the choice is made. `refuser(motif)`: the page refreshes itself.
  constructor(page, { reseau, lire, accepter, refuser }) {
    Object.assign(this, { reseau, lire, accepter, refuser });
    // For a mandataire: the number of his mandant.
    this.pour = page.dataset.pour ? { pour: Number(page.dataset.pour) } : {};
    this.fenetre = page.querySelector("[data-dialogue]");
    this.oui = this.fenetre.querySelector("[data-oui]");
    this.non = this.fenetre.querySelector("[data-non]");
    this.refus = this.fenetre.querySelector("[data-dialogue-refus]");
    this.etat = this.fenetre.querySelector("[data-dialogue-etat]");
    this.temps = this.fenetre.querySelector("[data-dialogue-temps]");
    this.oui.addEventListener("click", () => this.confirm());
    this.non.addEventListener("click", () => this.close());
    this.fenetre.addEventListener("cancel", (e) => { if (this.envoi) e.preventDefault(); });
    this.fenetre.addEventListener("close", () => this.giveFocusBack());
  }

  get ouverte() {
    return this.fenetre.open;
  }

  ask(ligne) {
    if (this.fenetre.open) return;
    this.ligne = ligne;
    this.cle = newKey();
    this.tour = this.lire().tour;
    this.envoi = false;
    this.ferme = false;
    this.incertain = false;
    fillFiche(this.fenetre, ligne);
    this.refus.replaceChildren();
    const avertissement = this.fenetre.querySelector("[data-dialogue-avertissement]");
    avertissement.hidden = !ligne.dataset.avertissement;
    setText(avertissement, ligne.dataset.avertissement ?? "");
    this.refresh();
    this.fenetre.showModal();
    this.non.focus();
  }

  // Called at each second and each change: the clock goes on while one reads, and while one sends.
  refresh() {
    if (!this.ligne) return;
    const { reste, blocage, tour } = this.lire();
    setText(this.temps, String(Math.max(0, Math.ceil(reste / 1000))));
    if (!this.envoi && tour !== this.tour && !this.ferme) this.end(this.incertain ? TERMINE_SANS_REPONSE : "Votre tour est terminé. Rien n’a été choisi.");
    const bloque = Boolean(this.envoi || this.ferme || blocage);
    this.oui.setAttribute("aria-disabled", String(bloque));
    this.non.setAttribute("aria-disabled", String(Boolean(this.envoi)));
    setText(this.non, this.ferme ? "Revenir aux postes" : "Non, revenir");
    if (!this.envoi && !this.ferme) setText(this.etat, blocage);
  }

  async confirm() {
    if (this.oui.getAttribute("aria-disabled") === "true") return;
    this.envoi = true;
    this.refus.replaceChildren();
    setText(this.etat, "Envoi de votre choix…");
    this.refresh();
    const { vu } = this.lire();
    const reponse = await this.send({ poste: this.ligne.dataset.poste, tour: this.tour, vu, ...this.pour });
    this.envoi = false;
    this.incertain = !reponse;
    setText(this.etat, "");
    if (reponse?.fait) this.succeed(reponse.contenu.recu ?? reponse.contenu);
    else this.sayNo(reponse);
  }

  async send(corps) {
    for (const attente of ESSAIS) {
      if (attente) setText(this.etat, "Le réseau n’a pas répondu. Nouvel essai du même choix…");
      if (attente && !this.revenu) await new Promise((suite) => { this.reprendre = suite; setTimeout(suite, attente); });
      this.revenu = false;
      this.essai = new AbortController();
      const limite = setTimeout(() => this.essai.abort(), PATIENCE);
      try {
        const reponse = await this.reseau.post("/choix", corps, this.cle, this.essai.signal);
        if (reponse.statut < 500) return reponse;
      } catch {
        // No answer: the same key goes again, so that nothing can be chosen twice.
      } finally {
        clearTimeout(limite);
      }
    }
    return null;
  }

  // The link is back: what waits, or was sent into the silence, goes again at once.
  sendAgain() {
    if (!this.envoi) return;
    this.revenu = true;
    this.essai?.abort();
    this.reprendre?.();
  }

  succeed(recu) {
    const ligne = this.ligne;
    this.ligne = null;
    this.fait = true;
    this.fenetre.close();
    this.accepter(recu, ligne);
  }

  sayNo(reponse) {
    if (!reponse) { this.say(SANS_REPONSE); this.refresh(); return; }
    const { motif, message } = reponse.contenu;
    if (reponse.statut === 401) this.end("Votre session a expiré. Reconnectez-vous : votre rang est gardé.");
    else if (REFUS_SANS_SUITE.has(motif)) this.end(message);
    else {
      this.say(`${message ?? "Ce choix a été refusé. Choisissez un autre poste."}${this.timeLeft(message)}`);
      this.ferme = motif !== "vue_perimee" && motif !== "amphi_en_pause";
      this.cle = newKey();
    }
    this.refresh();
    this.refuser(motif);
  }

  // What a refusal leaves: said once, unless the answer has already said it.
  timeLeft(message) {
    const secondes = Math.ceil(this.lire().reste / 1000);
    return secondes > 0 && !message?.includes("reste") ? ` Il vous reste ${count(secondes, "seconde", "secondes")}.` : "";
  }

  end(phrase) {
    this.ferme = true;
    this.say(phrase);
  }

  say(phrase) {
    const bandeau = copy("refus");
    bandeau.querySelector("[data-texte]").textContent = phrase;
    this.refus.replaceChildren(bandeau);
    this.fenetre.scrollTop = 0;
    this.non.focus();
  }

  close() {
    if (this.envoi) return;
    this.fenetre.close();
  }

  giveFocusBack() {
    const bouton = this.ligne?.querySelector("[data-choisir]");
    this.ligne = null;
    if (!this.fait) (bouton ?? document.querySelector("[data-recherche]"))?.focus();
  }
}
