// The list of postes: the server wrote it without state; this module puts états, ticks and filters on its rows.

import { groupFavourites, keepFavourite, markStars } from "./etoiles.js";
import { copy, setText } from "./modeles.js";
import { count, number } from "./mots.js";
import { readWords, splitWords, spread } from "./proches.js";

const POURVU = "pourvu";
const CLES = {
  numero: (ligne) => ligne.dataset.poste.padStart(12, "0"),
  service: (ligne) => ligne.dataset.service,
  etablissement: (ligne) => ligne.dataset.etablissement + ligne.dataset.service,
  des: (ligne) => ligne.dataset.des,
  etat: (ligne) => (ligne.dataset.etat === POURVU ? "1" : "0") + ligne.dataset.poste.padStart(12, "0"),
};

export class Postes {
  constructor(page, { choisir, etoiler }) {
    this.page = page;
    this.liste = page.querySelector("[data-liste]");
    this.favorisListe = page.querySelector("[data-liste-favoris]");
    this.filtre = "tous";
    this.mots = [];
    this.favoris = [];
    this.seul = "";
    this.read();
    this.wire(choisir, etoiler);
  }

  replace(texte) {
    const modele = document.createElement("template");
    modele.innerHTML = texte;
    this.favorisListe.replaceChildren();
    this.liste.dataset.vue = "service";
    this.liste.replaceChildren(modele.content);
    this.read();
  }

  // Rows and services as the server wrote them; read again when the offer changes.
  read() {
    this.lignes = new Map([...this.page.querySelectorAll("[data-poste]")].map((ligne) => [ligne.dataset.poste, ligne]));
    this.offerts = [...this.page.querySelectorAll("[data-imotep]")].map((article) => readService(article));
    this.services = this.offerts;
    this.parPoste = new Map(this.services.flatMap((service) => service.lignes.map((ligne) => [ligne.dataset.poste, service])));
    for (const service of this.services) for (const ligne of service.lignes) ligne.recherche = spread(searchable(ligne));
  }

  wire(choisir, etoiler) {
    this.page.addEventListener("click", (clic) => {
      const bouton = clic.target.closest("[data-choisir]");
      if (bouton) choisir(bouton.closest("[data-poste]"));
      const etoile = clic.target.closest("[data-etoile]");
      if (etoile) etoiler(etoile);
      const seul = clic.target.closest("[data-voir-service]");
      if (seul) this.showOnly(this.seul === seul.dataset.voirService ? "" : seul.dataset.voirService);
    });
    for (const bouton of this.page.querySelectorAll("[data-filtre]")) {
      bouton.addEventListener("click", () => this.setFilter(bouton.dataset.filtre));
    }
    this.page.querySelector("[data-recherche]").addEventListener("input", (saisie) => {
      this.mots = readWords(splitWords(saisie.target.value), [...this.lignes.values()].map((ligne) => ligne.recherche));
      this.filter();
    });
    this.page.querySelector("[data-vue-bouton]").addEventListener("click", () => this.toggleView());
    this.page.querySelector("[data-tri]").addEventListener("change", () => this.sort());
  }

  // `lire(numero)` → {etat, acte, detail, choisissable}: what one row says now. `lignes` null means all.
  show(numeros, lire) {
    const touches = new Set();
    for (const numero of numeros ?? this.lignes.keys()) {
      const ligne = this.lignes.get(numero);
      if (!ligne) continue;
      if (writeRow(ligne, lire(numero))) touches.add(this.parPoste.get(numero));
    }
    for (const service of touches) writeService(service);
    if (touches.size || numeros === null) this.filter();
    return touches;
  }

  // Once, when my turn opens: what I may take first in each service, the order of services unchanged.
  openFirst() {
    if (this.liste.dataset.vue === "poste") return;
    for (const { corps, lignes } of this.services) {
      const fermees = lignes.filter((ligne) => ligne.dataset.choisissable !== "oui");
      if (fermees.length && fermees.length < lignes.length) corps.append(...fermees);
    }
  }

  setFilter(filtre) {
    this.filtre = filtre;
    for (const bouton of this.page.querySelectorAll("[data-filtre]")) {
      bouton.setAttribute("aria-pressed", String(bouton.dataset.filtre === filtre));
    }
    this.filter();
  }

  filter() {
    let visibles = 0;
    for (const service of this.services) {
      let montres = 0;
      for (const ligne of service.lignes) {
        const cache = ligne.dataset.etat === "retire" || !this.keeps(ligne);
        if (ligne.hidden !== cache) ligne.hidden = cache;
        if (!cache) montres += 1;
      }
      const vide = montres === 0;
      if (service.article.hidden !== vide) service.article.hidden = vide;
      visibles += montres;
    }
    const filtre = this.filtre !== "tous" || this.mots.length > 0;
    const corriges = this.mots.filter(({ corrige }) => corrige).map(({ mot, lus }) => `Rien ne s’écrit «\u00a0${mot}\u00a0»\u00a0: voici ${lus.map((lu) => lu.trim()).join(", ")}`);
    const affiches = `${number(visibles)} ${visibles < 2 ? "poste affiché" : "postes affichés"}`;
    setText(this.page.querySelector("[data-resultats]"), filtre ? [affiches, ...corriges].join(". ") : "");
    this.page.querySelector("[data-aucun]").hidden = visibles > 0;
    return visibles;
  }

  // « Voir tous les postes de ce service »: below the favourites, those of this service alone.
  showOnly(imotep) {
    this.seul = imotep;
    for (const bouton of this.favorisListe.querySelectorAll("[data-voir-service]")) {
      bouton.textContent = bouton.dataset.voirService === imotep ? "Voir tous les postes" : "Voir tous les postes de ce service";
    }
    this.filter();
    if (imotep) this.page.querySelector("[data-offre-entiere]").scrollIntoView({ block: "start" });
  }

  keeps(ligne) {
    const service = this.parPoste.get(ligne.dataset.poste);
    if (this.seul && !service.favori && service.imotep !== this.seul) return false;
    const pourvu = ligne.dataset.etat === POURVU;
    if (this.filtre === "ouvert" && ligne.dataset.choisissable !== "oui") return false;
    if (this.filtre === "maquette" && (pourvu || ligne.dataset.maquette !== "oui")) return false;
    if (this.filtre === POURVU && !pourvu) return false;
    if (this.filtre === "libre" && pourvu) return false;
    return this.mots.every(({ lus }) => lus.some((lu) => ligne.recherche.includes(lu)));
  }

  toggleView() {
    const bouton = this.page.querySelector("[data-vue-bouton]");
    const parPoste = this.liste.dataset.vue !== "poste";
    bouton.textContent = parPoste ? "Afficher par service" : "Afficher par poste";
    this.page.querySelector("[data-tri-etiquette]").hidden = !parPoste;
    this.liste.dataset.vue = parPoste ? "poste" : "service";
    if (parPoste) this.sort(); else this.group();
  }

  sort() {
    const cle = CLES[this.page.querySelector("[data-tri]").value];
    const lignes = [...this.lignes.values()].map((ligne) => [cle(ligne), ligne]);
    lignes.sort(([a], [b]) => a.localeCompare(b, "fr", { numeric: true }));
    const plate = document.createElement("ul");
    plate.className = "postes";
    plate.append(...lignes.map(([, ligne]) => ligne));
    this.liste.replaceChildren(plate);
    this.page.querySelector("[data-favoris]").hidden = true;
    this.filter();
  }

  group() {
    for (const { corps, lignes } of this.services) corps.append(...lignes);
    this.placeServices();
    this.filter();
  }

  // My services in my order, and inside each my postes in mine (the same reading as the server's).
  // A service of which I keep a few postes is shown twice: those above, the others where they were.
  setFavourites(favoris) {
    this.favoris = favoris;
    const groupes = groupFavourites(favoris, this.offerts);
    for (const service of this.offerts) Object.assign(service, { lignes: service.toutes, favori: 0 });
    const parts = [...groupes].map(([service, groupe], i) => keepFavourite(service, groupe, i + 1, readService));
    this.services = [...this.offerts, ...parts.filter((part) => !this.offerts.includes(part))];
    this.parPoste = new Map(this.services.flatMap((service) => service.lignes.map((ligne) => [ligne.dataset.poste, service])));
    markStars(this.offerts, groupes);
    for (const service of this.services) writeService(service);
    if (this.liste.dataset.vue === "poste") this.filter();
    else this.group();
    return groupes.size;
  }

  placeServices() {
    const choisis = this.services.filter((s) => s.favori).sort((a, b) => a.favori - b.favori);
    for (const service of this.services) writeOrder(service);
    this.favorisListe.replaceChildren(...choisis.map((s) => s.article));
    this.liste.replaceChildren(...this.services.filter((s) => !s.favori && s.lignes.length).map((s) => s.article));
    this.page.querySelector("[data-favoris]").hidden = choisis.length === 0;
  }
}

function readService(article) {
  const lignes = [...article.querySelectorAll("[data-poste]")];
  return {
    article, lignes, toutes: lignes, imotep: article.dataset.imotep, favori: 0,
    corps: article.querySelector(".postes"),
    places: article.querySelector("[data-places]"),
    libres: article.querySelector("[data-libres]"),
    ordre: article.querySelector("[data-favori-numero]"),
  };
}

function searchable({ dataset }) {
  return [dataset.poste, dataset.service, dataset.etablissement, dataset.chef, dataset.des, dataset.flechage, dataset.ville].join(" ");
}

// Rewrites one row when what it says has changed; answers whether it did.
function writeRow(ligne, { etat, acte, detail, choisissable, neuf }) {
  const signature = [etat, acte, detail, choisissable].join("\n");
  if (ligne.signature === signature) return false;
  ligne.signature = signature;
  ligne.dataset.etat = etat;
  ligne.dataset.choisissable = choisissable ? "oui" : "non";
  ligne.classList.toggle("poste--pourvu", etat === POURVU);
  ligne.classList.toggle("poste--reserve", acte === "reserve" || acte === "ferme");
  ligne.classList.toggle("poste--neuf", Boolean(neuf));
  setText(ligne.querySelector("[data-detail]"), detail);
  const place = ligne.querySelector("[data-acte]");
  const contenu = copy(acte);
  const numero = contenu.querySelector?.("[data-numero]");
  if (numero) numero.textContent = ligne.dataset.poste;
  place.replaceChildren(contenu);
  return true;
}

function writeService({ article, lignes, places, libres, favori }) {
  const offerts = lignes.filter((ligne) => ligne.dataset.etat !== "retire");
  const restants = offerts.filter((ligne) => ligne.dataset.etat !== POURVU).length;
  article.classList.toggle("service--plein", restants === 0);
  libres.replaceChildren();
  if (favori) libres.append(`${count(restants, "disponible", "disponibles")} – ${count(offerts.length, "favori", "favoris")}`);
  else if (restants === 0) libres.append("complet");
  else libres.append(strong(restants), ` ${restants < 2 ? "libre" : "libres"} sur ${offerts.length}`);
  if (offerts.length > 12) return;
  const carres = [...offerts].sort((a, b) => (b.dataset.etat === POURVU) - (a.dataset.etat === POURVU)).map((ligne) => {
    const carre = copy("place");
    if (ligne.dataset.etat === POURVU) carre.setAttribute("class", "est-prise");
    return carre;
  });
  places.replaceChildren(...carres);
}

function writeOrder({ ordre, favori }) {
  ordre.replaceChildren();
  if (!favori) return;
  const mots = document.createElement("span");
  mots.className = "sr";
  mots.textContent = "Favori numéro ";
  ordre.append(mots, String(favori));
}

function strong(n) {
  const b = document.createElement("b");
  b.textContent = number(n);
  return b;
}
