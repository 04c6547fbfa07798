// The live room: reads the page's data- attributes, keeps one state, and tells each part what changed.

import { Appel } from "./appel.js";
import { Choix } from "./choix.js";
import { showCounters, wireFirstFavourite } from "./compteurs.js";
import { Direct } from "./direct.js";
import { apply, fromSnapshot, stage, takers } from "./etat.js";
import { Etoiles } from "./etoiles.js";
import { Battement, Horloge } from "./horloge.js";
import { readPoste } from "./lignes.js";
import { Maquette } from "./maquette.js";
import { Messages } from "./messages.js";
import { Mien } from "./mien.js";
import { setText } from "./modeles.js";
import { Onglets } from "./onglets.js";
import { Postes } from "./postes.js";
import { Questions } from "./questions.js";
import { Recu } from "./recu.js";
import { Reseau } from "./reseau.js";
import { Scene } from "./scene.js";
import { Veille } from "./veille.js";

// What the stage shows instead, in an amphi given by wishes.
const SANS_TOURS = { attente: "voeux", passe: "sans" };

class Salle {
  constructor(page) {
    this.page = page;
    const { dataset } = page;
    this.moi = Number(dataset.interne);
    this.sessions = JSON.parse(dataset.sessions || "[]");
    this.cadences = JSON.parse(dataset.cadences || "[]");
    this.horloge = new Horloge();
    this.reseau = new Reseau({ api: dataset.api, moi: dataset.moi, jeton: dataset.jeton, horloge: this.horloge });
    this.mien = new Mien(page, this.reseau);
    this.panne = null;
    this.liee = true;
    this.postes = new Postes(page, { choisir: (ligne) => this.choose(ligne), etoiler: (etoile) => this.star(etoile) });
    this.scene = new Scene(page, {
      moi: this.moi, fuseau: dataset.fuseau, horloge: this.horloge, duree: Number(dataset.duree), sessions: this.sessions,
    });
    this.appel = new Appel(page, { moi: this.moi, sessions: this.sessions, nommer: (poste) => this.nameOf(poste) });
    this.recu = new Recu(page, this.reseau);
    this.veille = new Veille();
    this.onglets = new Onglets(page, { ouvrir: (nom) => { if (nom === "session") this.appel.follow(true); } });
    wireFirstFavourite(page);
    this.maquette = new Maquette(page, this.postes);
    this.etoiles = new Etoiles(page, { reseau: this.reseau, postes: this.postes, onglets: this.onglets, lire: () => this.mien });
    this.messages = new Messages(page, { fuseau: dataset.fuseau, cle: `${dataset.amphi}-${this.moi}` });
    this.questions = new Questions(page.querySelector("[data-questions]"), { annoncer: (texte) => this.tellAnswer(texte) });
    this.choix = new Choix(page, {
      reseau: this.reseau,
      lire: () => this.readTurn(),
      accepter: (recu, ligne) => this.receive(recu, ligne),
      refuser: () => this.reload(),
    });
    this.direct = new Direct({
      base: dataset.api,
      depuis: () => this.etat.seq,
      recevoir: (nom, donnees) => this.hear(nom, donnees),
      changer: ({ liee }) => {
        if (liee && !this.liee) this.choix.sendAgain();
        this.liee = liee;
        this.show([], []);
      },
      horloge: this.horloge,
      presse: () => this.readTurn().tour !== null,
    });
    this.battement = new Battement(this.horloge, () => this.nextBeat(), () => { this.scene.beat(); this.choix.refresh(); });
  }

  async start() {
    this.wire();
    this.questions.start();
    this.pret = this.load();
    await this.pret;
    this.maquette.start();
    this.direct.start();
  }

  // A star may be pressed as soon as it is seen, before my own list has come: it is added to that list.
  async star(etoile) {
    await this.pret;
    await this.etoiles.press(etoile);
  }

  wire() {
    const { page } = this;
    page.querySelector("[data-reessayer]").addEventListener("click", () => this.direct.retryNow());
    page.querySelector("[data-reponse-ars-lue]").addEventListener("click", () => { page.querySelector("[data-reponse-ars]").hidden = true; });
    page.querySelector("[data-rappel]").addEventListener("click", () => scrollTo({ top: 0 }));
  }

  // The panel of questions may be out of sight: the answer is said aloud and stands above the postes.
  tellAnswer(texte) {
    setText(this.page.querySelector("[data-reponse-ars-mots]"), texte);
    this.page.querySelector("[data-reponse-ars]").hidden = false;
    setText(this.page.querySelector("[data-annonce]"), texte);
  }

  // The snapshot, tried again until it comes: everything that follows is added to it.
  async load() {
    for (let essai = 0; ; essai += 1) {
      try {
        const [photo, mien] = await Promise.all([this.reseau.snapshot(), this.reseau.mine(), this.loadOffer()]);
        this.etat = fromSnapshot(photo, this.etat, this.cadences);
        this.mien.read(mien);
        this.show(null, null);
        this.onglets.showFavourites(this.postes.setFavourites(this.mien.favoris));
        return;
      } catch (erreur) {
        // Signed out, or no longer on the list: the page itself says which, and what to do.
        if (erreur.statut === 401 || erreur.statut === 403) { location.reload(); return; }
        await new Promise((suite) => { setTimeout(suite, Math.min(5_000, 400 * 2 ** essai) * (0.5 + Math.random() / 2)); });
      }
    }
  }

  // One load at a time; what comes meanwhile is heard again after it.
  async reload() {
    if (this.charge) { this.encore = true; return; }
    this.charge = true;
    await this.load();
    this.charge = false;
    if (this.etat.offre !== Number(this.page.dataset.offre)) await this.reloadOffer();
    if (this.encore) { this.encore = false; await this.reload(); }
  }

  // The rows of the postes, rendered once by the server for everybody: asked once per version of the offer.
  async loadOffer() {
    const { fragment, offre } = this.page.dataset;
    if (this.offre === offre) return;
    const reponse = await fetch(`${fragment}&v=${offre}`, { credentials: "same-origin" });
    if (!reponse.ok) throw new Error(String(reponse.status));
    this.postes.replace(await reponse.text());
    this.maquette.mark();
    this.offre = offre;
  }

  async reloadOffer() {
    this.page.dataset.offre = String(this.etat.offre);
    try {
      await this.loadOffer();
    } catch {
      return;
    }
    this.show(null, null);
    this.postes.setFavourites(this.mien.favoris);
  }

  hear(nom, donnees) {
    if (nom === "horloge") { if (donnees.seq > this.etat.seq) this.reload(); return; }
    if (nom === "resync") { this.reload(); return; }
    if (nom === "moi") { this.hearMine(donnees); return; }
    if (nom === "panne") { this.panne = donnees.finie ? null : donnees.depuis; this.show([], []); return; }
    if (nom === "presence") return;
    this.etat = apply(this.etat, nom, donnees);
    if (this.etat.perime) { this.reload(); return; }
    const { internes, postes, tout } = this.etat.touches;
    this.show(tout ? null : internes, tout ? null : postes, true);
    if (this.concernsMe(nom)) this.refreshMine();
  }

  concernsMe(nom) {
    const monTour = this.etat.tour?.interne === this.moi;
    if (nom === "TourOuvert") return monTour;
    if (nom === "ChoixConfirme") return this.mien.type_choix !== "classique" && this.scene.devant <= 4;
    return nom === "ReserveLevee";
  }

  // My own tour, with the end that others are not shown; my own facts may change what I may choose.
  hearMine({ interne, tour, faits }) {
    if (interne !== this.moi) { this.hearOther(tour); return; }
    this.mien.tour = tour;
    // Who may choose has changed: the page itself says what follows.
    if (faits?.some(({ prive }) => prive?.acte === "mandataire")) { location.reload(); return; }
    this.show([], []);
    if (faits?.length) this.refreshMine();
  }

  // Somebody else in whose place I choose: his tour is told here, one click away.
  hearOther(tour) {
    const annonce = this.page.querySelector("[data-autre-tour]");
    if (annonce) annonce.hidden = !tour;
  }

  async refreshMine() {
    try {
      await this.mien.ask();
      this.show([], null);
    } catch {
      // The stream says when the link is lost; the next event asks again.
    }
  }

  // `internes`, `postes`: numbers whose rows changed; null means all.
  show(internes, postes, vivant = false) {
    if (!this.etat) return;
    const vu = this.shown();
    const nom = this.stageOf(vu);
    if (nom === "avant") { location.reload(); return; }
    const ouvre = nom !== this.nom;
    this.nom = nom;
    const neufs = vivant ? new Set(postes) : new Set();
    const lue = this.rowView();
    this.postes.show(ouvre || postes === null ? null : postes, (numero) => readPoste(lue, numero, neufs.has(numero)));
    if (ouvre) this.changeStage(nom);
    this.scene.show(vu, nom, {
      fin: this.mien.endOf(this.etat.tour), cause: this.mien.cause, retour: this.mien.retour, depuis: () => this.lastSeen(), attente: () => this.direct.attente,
    });
    this.appel.show(this.etat, internes);
    showCounters(this.page, {
      etat: this.etat, nom, lignes: this.postes.lignes, fuseau: this.page.dataset.fuseau,
      perdue: nom === "liaison" ? this.lastSeen() : null,
    });
    const message = this.messages.show(this.etat.messages);
    if (message && vivant) setText(this.page.querySelector("[data-annonce]"), `Message de l’ARS : ${message.texte}`);
    this.choix.refresh();
    this.battement.restart();
    this.recu.follow(nom === "choisi" ? this.postes.lignes.get(this.etat.internes.get(this.moi).poste) : null);
  }

  rowView() {
    return {
      etat: this.etat, mien: this.mien, nom: this.nom, preneurs: takers(this.etat), des: this.page.dataset.des,
      reserve: (numero) => this.postes.lignes.get(numero)?.dataset.reserve,
    };
  }

  // At the tour of who gave a procuration, his mandataire chooses; given by wishes, nobody waits for a tour.
  stageOf(vu) {
    const nom = stage(vu, this.moi, this.liee);
    if (this.page.dataset.voeux) return SANS_TOURS[nom] ?? nom;
    return nom === "tour" && this.page.dataset.muet ? "mandat" : nom;
  }

  // At my turn: what I may take comes first in each service, and one button keeps nothing else.
  changeStage(nom) {
    this.page.querySelector("[data-au-tour]").hidden = nom !== "tour";
    this.veille.keep(nom === "tour");
    if (nom === "tour") this.messages.close();
    if (nom === "tour") this.postes.openFirst();
    else if (this.postes.filtre === "ouvert") this.postes.setFilter("tous");
  }

  // While the service cannot write, everything stands still: shown as the technical pause that it will be.
  shown() {
    if (!this.panne || this.etat.etat !== "en_cours") return this.etat;
    const { tour } = this.etat;
    const reste = tour ? Math.max(0, tour.fin - this.panne) : null;
    return { ...this.etat, etat: "pause", pause: { a: this.panne, label: "technique", reste } };
  }

  readTurn() {
    const { tour } = this.etat;
    const mien = tour?.interne === this.moi;
    return {
      tour: mien ? tour.tour : null, vu: this.etat.seq, blocage: this.whyNotNow(),
      reste: mien ? this.mien.endOf(this.etat.tour) - this.horloge.now() : 0,
    };
  }

  whyNotNow() {
    if (!this.liee) return "Connexion perdue : la confirmation attend qu’elle revienne.";
    return this.shown().etat === "pause" ? "En pause : votre temps est gardé, la confirmation attend la reprise." : "";
  }

  nextBeat() {
    if (!this.etat?.tour || this.etat.etat !== "en_cours") return null;
    return this.mien.endOf(this.etat.tour);
  }

  lastSeen() {
    return this.horloge.now() - (performance.now() - this.direct.dernier);
  }

  nameOf(poste) {
    const ligne = this.postes.lignes.get(poste);
    return ligne ? `N° ${poste} · ${ligne.dataset.service}, ${ligne.dataset.etablissement}` : `N° ${poste}`;
  }

  choose(ligne) {
    if (this.nom !== "tour") return;
    ligne.dataset.avertissement = this.mien.avertissements.get(ligne.dataset.poste)?.message ?? "";
    this.choix.ask(ligne);
  }

  receive(recu, ligne) {
    this.recu.show(recu, ligne);
    this.onglets.open("postes");
    this.recu.focus();
    this.reload();
  }
}

const page = document.querySelector("[data-salle]");
if (page) new Salle(page).start();
