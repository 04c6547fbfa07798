// The stage: one state at a time, its words, its figures, what is said aloud. Reads the state, decides nothing.

import { before, forecast } from "./etat.js";
import { Hemicycle } from "./hemicycle.js";
import { Minuteur, secondsLeft } from "./minuteur.js";
import { setText } from "./modeles.js";
import { count, hour, hourSeconds } from "./mots.js";

const BIENTOT = 4;
const ANNONCES = [60, 30, 15, 5];
const CLASSES = { tour: "scene--tour", pause: "scene--arret", liaison: "scene--arret scene--liaison" };
const TITRES = {
  mandat: "Votre mandataire choisit", choisi: "Vous avez choisi", passe: "Votre tour est passé", hors: "Vous ne choisissez pas ici",
  clos: "L’amphithéâtre est clos", pause: "L’ARS a mis en pause", liaison: "Connexion perdue", avant: "Pas encore commencé",
  voeux: "Vos vœux choisissent pour vous", sans: "Vous n’avez pas de poste",
};
// What one who has passed may do, by the cause of it.
const SUITES_DU_PASSAGE = {
  absent: "Rester sur cette page suffit : vous êtes placé juste après l’interne qui choisit.",
  temps_ecoule: "Votre temps s’est écoulé. Vous pouvez demander une fois à être replacé juste après l’interne qui choisit.",
  agent: "Vous pouvez encore choisir : demandez, une fois, à être replacé juste après l’interne qui choisit.",
};
// What must be known however far the list is scrolled.
const RAPPELS = { tour: "C’est votre tour", passe: "Votre tour est passé" };
const PAUSES = {
  technique: "Le service a eu une panne",
  repas: "Pause déjeuner",
  incident: "Pause : incident en cours de traitement",
  fin_de_journee: "La journée de choix est finie",
};

export class Scene {
  constructor(page, { moi, fuseau, horloge, duree, sessions }) {
    Object.assign(this, { page, moi, fuseau, horloge, duree, sessions });
    this.scene = page.querySelector("[data-scene]");
    this.hemicycle = new Hemicycle(page.querySelector("[data-hemicycle]"));
    this.minuteur = new Minuteur(page.querySelector("[data-minuteur]"));
    this.vu = "";
    this.annonces = new Set();
    this.enVue = true;
    // The time left stays in sight, and so does a turn that has passed: below the stage, a thin bar repeats it.
    new IntersectionObserver(([entree]) => {
      this.enVue = entree.isIntersecting;
      this.showReminder();
    }).observe(this.scene);
  }

  part(nom) {
    return this.page.querySelector(`[data-${nom}]`);
  }

  showReminder() {
    const rappel = this.part("rappel");
    rappel.hidden = !(this.nom in RAPPELS) || this.enVue;
    rappel.classList.toggle("rappel-tour--passe", this.nom === "passe");
    setText(this.part("rappel-mots"), RAPPELS[this.nom] ?? "");
    if (this.nom === "passe") setText(this.part("rappel-temps"), "Voir que faire");
  }

  // After each change of state. `nom`: what the stage shows; `vue`: {depuis, attente, fin, cause}.
  show(etat, nom, vue) {
    this.etat = etat;
    this.vue = vue;
    const devant = before(etat, this.moi);
    const bientot = this.isSoon(nom, devant.length);
    this.devant = devant.length;
    // What an earlier action answered says nothing of the new state, and would push the seconds down.
    if (this.nom && this.nom !== nom) this.page.querySelector(".messages")?.remove();
    this.nom = nom;
    this.scene.dataset.etat = nom;
    this.scene.className = `scene ${bientot ? "scene--bientot" : CLASSES[nom] ?? ""}`;
    this.showReminder();
    this.hemicycle.show(etat.ordre.map((n) => etat.internes.get(n)), {
      moi: this.moi, choisit: etat.tour?.interne, devant: new Set(devant),
    });
    this.showWaiting(bientot);
    this.showCurrent();
    this.showPause();
    this.showPassed();
    this.beat();
    this.sayOnce(nom);
  }

  // Nothing comes soon before a session runs, nor to whom another chooses for.
  isSoon(nom, devant) {
    return this.isRunning() && !this.page.dataset.muet && nom === "attente" && devant > 0 && devant <= BIENTOT;
  }

  isRunning() {
    return Boolean(this.etat.session || this.etat.tour);
  }

  showWaiting(bientot) {
    setText(this.part("devant"), String(this.devant));
    setText(this.part("devant-mots"), this.devant < 2 ? "interne" : "internes");
    const bandeau = this.part("bientot");
    bandeau.hidden = !bientot;
    if (bientot) {
      setText(this.part("bientot-texte"), `${count(this.devant, "interne", "internes")} devant vous. Relisez vos postes : vous aurez ${Math.round(this.duree / 1000)} secondes. Restez sur cette page.`);
    }
    setText(this.part("attente-phrase"), this.sentenceWhileWaiting());
  }

  sentenceWhileWaiting() {
    if (this.nom !== "attente") return "";
    if (this.page.dataset.muet) return "Votre mandataire choisit à votre place : c’est sa connexion qui compte.";
    if (!this.isRunning()) return "La session n’a pas encore commencé. Gardez cette page ouverte : elle signale votre présence.";
    return "Gardez cette page ouverte : elle signale votre présence. Un message vous préviendra quatre internes avant vous.";
  }

  showCurrent() {
    const { tour, pause } = this.etat;
    this.part("en-cours").hidden = !tour || tour.interne === this.moi;
    if (!tour) return;
    const interne = this.etat.internes.get(tour.interne);
    setText(this.part("choisit-nom"), interne?.nom ?? `Le rang ${interne?.rang ?? ""}`);
    const rang = interne?.nom ? `Rang ${interne.rang}` : "";
    setText(this.part("choisit-detail"), [rang, pause ? "en pause" : ""].filter(Boolean).join(" · "));
  }

  showPause() {
    const { pause, tour } = this.etat;
    if (!pause) return;
    setText(this.part("pause-titre"), PAUSES[pause.label] ?? "L’ARS a mis en pause");
    const quand = pause.a ? `Depuis ${hour(pause.a, this.fuseau)}. ` : "";
    const reste = tour && pause.reste !== null ? ` : ${this.nameOf(tour.interne)} ${count(Math.ceil(pause.reste / 1000), "seconde", "secondes")}` : "";
    setText(this.part("pause-phrase"), `${quand}Le temps de chacun est gardé tel quel${reste}.`);
    const mien = this.etat.internes.get(this.moi)?.statut;
    setText(this.part("pause-detail"), mien === "a_venir" && this.devant
      ? `Votre tour ne peut pas passer pendant la pause. Toujours ${count(this.devant, "interne", "internes")} devant vous.`
      : "Rien ne se perd pendant la pause. Cette page reprendra d’elle-même.");
    const message = this.etat.messages.findLast((m) => !pause.a || m.a >= pause.a - 60_000);
    this.part("pause-message").hidden = !message;
    if (message) {
      setText(this.part("pause-message-titre"), `Message de l’ARS, ${hour(message.a, this.fuseau)}`);
      setText(this.part("pause-message-texte"), message.texte);
    }
  }

  nameOf(numero) {
    if (numero === this.moi) return "vous retrouverez vos";
    const interne = this.etat.internes.get(numero);
    return `${interne?.nom ?? `le rang ${interne?.rang}`} retrouvera ses`;
  }

  showPassed() {
    if (this.nom !== "passe") return;
    const { cause, retour } = this.vue;
    const quand = this.etat.passages.get(this.moi);
    const heure = quand ? ` à ${hour(quand, this.fuseau)}` : "";
    setText(this.part("passe-phrase"), `${cause === "agent" ? "L’ARS a passé votre tour" : "Votre tour est passé"}${heure}. L’amphithéâtre continue.`);
    setText(this.part("passe-suite"), SUITES_DU_PASSAGE[cause] ?? SUITES_DU_PASSAGE.temps_ecoule);
    this.part("passe-suite").hidden = !retour;
    this.part("passe-demande").hidden = !retour;
    this.part("passe-ars").hidden = retour;
  }

  // Once a second: what depends on the clock and on nothing else.
  beat() {
    if (!this.etat || !this.horloge.connue) return;
    const maintenant = this.horloge.now();
    if (this.nom === "tour") this.beatMyTurn(maintenant);
    else this.beatOthers(maintenant);
    if (this.nom === "liaison") this.beatLost();
    this.writeTitle(maintenant);
  }

  beatMyTurn(maintenant) {
    const { fin } = this.vue;
    const reste = fin - maintenant;
    const secondes = secondsLeft(fin, maintenant);
    this.minuteur.show(reste, Math.max(this.duree, this.etat.tour.duree, fin - this.etat.tour.debut));
    setText(this.part("rappel-temps"), `${secondes} s`);
    setText(this.part("tour-phrase"), this.sentenceOfMyTurn(secondes));
    const seuil = ANNONCES.find((s) => s === secondes && !this.annonces.has(s));
    if (seuil) {
      this.annonces.add(seuil);
      setText(this.part("annonce"), `Il vous reste ${seuil} secondes.`);
    }
  }

  sentenceOfMyTurn(secondes) {
    if (secondes === 0) return "Le temps est écoulé : le dernier choix envoyé est encore reçu.";
    if (secondes <= 15) return `Plus que ${count(secondes, "seconde", "secondes")} pour confirmer.`;
    return "Rien n’est définitif avant « Oui je confirme ».";
  }

  beatOthers(maintenant) {
    const { tour, pause } = this.etat;
    if (tour) {
      const reste = pause ? Math.ceil((pause.reste ?? 0) / 1000) : secondsLeft(tour.fin, maintenant);
      setText(this.part("choisit-temps"), reste > 0 ? `${reste} s` : "temps prolongé");
    }
    this.showForecast(maintenant);
  }

  // A forecast, and said to be one: the room's own pace, never before the session's hour.
  showForecast(maintenant) {
    if (this.nom !== "attente") return;
    const rang = this.etat.internes.get(this.moi)?.rang;
    const session = this.sessions.find((s) => rang >= s.rang_de && rang <= s.rang_a);
    if (!this.isRunning() && this.devant === 0) { this.showFirst(session, maintenant); return; }
    const attend = forecast(this.etat, this.devant);
    const vers = Math.max(maintenant + attend, session?.debut ?? 0);
    const minute = Math.round(vers / 60_000) * 60_000;
    setText(this.part("prevision"), attend < 60_000 && vers < maintenant + 60_000 ? "Votre tour dans moins d’une minute" : `Votre tour vers ${hour(minute, this.fuseau)}`);
    const rythme = this.etat.cadences.length >= 3 ? "au rythme des derniers choix" : "à une minute par interne";
    setText(this.part("prevision-detail"), `Prévision, ${rythme}`);
  }

  // Nobody is before me, and nobody chooses yet: my turn is the start itself.
  showFirst(session, maintenant) {
    const aVenir = session && session.debut > maintenant;
    setText(this.part("prevision"), aVenir ? `Vous choisissez en premier, à ${hour(session.debut, this.fuseau)}` : "Vous choisissez en premier, dès que la session commence");
    setText(this.part("prevision-detail"), aVenir ? "C’est l’heure de votre session" : "");
  }

  beatLost() {
    const { attente, depuis } = this.vue;
    const secondes = Math.ceil(attente() / 1000);
    setText(this.part("liaison-essai"), secondes > 0 ? `Nouvel essai dans ${count(secondes, "seconde", "secondes")}.` : "Nouvel essai en cours.");
    setText(this.part("liaison-date"), hourSeconds(depuis(), this.fuseau));
    const mien = this.etat.internes.get(this.moi)?.statut;
    setText(this.part("liaison-detail"), this.sentenceWhileLost(mien));
  }

  sentenceWhileLost(mien) {
    if (mien === "en_cours") return "C’est votre tour : le temps continue sur le serveur. Dès que la connexion revient, vous pouvez confirmer.";
    if (mien === "a_choisi") return "Votre choix est enregistré et définitif. La suite s’affichera dès que la connexion revient.";
    return `Votre rang est gardé. Il restait ${count(this.devant, "interne", "internes")} devant vous. Si votre tour passait, revenez sur cette page : vous seriez placé juste après l’interne qui choisit.`;
  }

  writeTitle(maintenant) {
    const titre = this.nom === "tour"
      ? `${secondsLeft(this.vue.fin, maintenant)} s · C’est votre tour`
      : TITRES[this.nom] ?? `${count(this.devant, "interne", "internes")} devant vous`;
    const complet = `${titre} · Gradin`;
    if (document.title !== complet) document.title = complet;
  }

  // Spoken once per change: politely, and at once when it is my turn. Focus is not moved.
  sayOnce(nom) {
    const bientot = this.isSoon(nom, this.devant);
    const cle = bientot ? `attente ${this.devant}` : nom;
    if (cle === this.vu) return;
    const premiere = this.vu === "";
    this.vu = cle;
    if (nom === "tour") {
      this.annonces.clear();
      setText(this.part("alerte"), `C’est votre tour. Vous avez ${secondsLeft(this.vue.fin, this.horloge.now())} secondes.`);
      if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.([200, 100, 200]);
      return;
    }
    setText(this.part("alerte"), "");
    if (!premiere) setText(this.part("annonce"), TITRES[nom] ?? (bientot ? `C’est bientôt votre tour : ${count(this.devant, "interne", "internes")} devant vous.` : ""));
  }
}
