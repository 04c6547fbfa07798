// The stars of the salle: which rows are mine and in which order, and the list that one press makes.

import { copy, setText } from "./modeles.js";

const AVERTI = "gradin-favori-poste";

// A star: my list goes whole to the server, which says what it kept. Nobody changes his mandant's.
export class Etoiles {
  constructor(page, { reseau, postes, onglets, lire }) {
    Object.assign(this, { page, reseau, postes, onglets, lire });
    this.annonce = page.querySelector("[data-annonce]");
  }

  async press(etoile) {
    if (this.page.dataset.pour || this.envoi) return;
    const ajoute = etoile.getAttribute("aria-pressed") !== "true";
    this.envoi = true;
    const reponse = await this.reseau.putFavourites(withStar(this.lire().favoris, this.postes.offerts, etoile)).catch(() => null);
    this.envoi = false;
    if (!reponse?.fait) { setText(this.annonce, reponse?.contenu.message ?? "Connexion perdue : vos favoris n’ont pas changé."); return; }
    document.dispatchEvent(new CustomEvent("favoris:changes", { detail: `/mon-amphi/favoris/?amphi=${this.page.dataset.amphi}` }));
    // Read again: what is mine may have come anew while this was sent.
    this.lire().favoris = reponse.contenu;
    this.onglets.countFavourites(this.postes.setFavourites(reponse.contenu));
    etoile.focus({ preventScroll: true });
    setText(this.annonce, ajoute ? "Ajouté à vos favoris." : "Retiré de vos favoris.");
    if (ajoute && etoile.closest("[data-poste]")) this.warnOnce();
  }

  // The first single poste: the manual's warning, once on this device.
  warnOnce() {
    try {
      if (localStorage.getItem(AVERTI)) return;
      localStorage.setItem(AVERTI, "1");
    } catch { return; }
    this.page.querySelector("[data-avertissement-favori]").hidden = false;
  }
}

// Service → its favourite rows in order. Named postes first, then the whole service by numéro; each once.
export function groupFavourites(favoris, services) {
  const groupes = new Map();
  for (const { poste, service: imotep } of favoris) {
    const service = poste ? serviceOf(services, poste) : services.find((s) => s.imotep === imotep);
    if (!service) continue;
    const groupe = groupes.get(service) ?? { lignes: new Set(), entier: false };
    for (const ligne of service.toutes) if (!poste || ligne.dataset.poste === poste) groupe.lignes.add(ligne);
    groupe.entier ||= !poste;
    groupes.set(service, groupe);
  }
  return groupes;
}

// The favourite itself when all its postes are; else a second article for those that are.
export function keepFavourite(service, { lignes }, rang, readService) {
  const retenues = [...lignes];
  if (retenues.length === service.toutes.length) return Object.assign(service, { lignes: retenues, favori: rang });
  service.lignes = service.toutes.filter((ligne) => !lignes.has(ligne));
  const article = service.article.cloneNode(true);
  article.querySelector(".postes").replaceChildren();
  article.append(copy("voir_service"));
  article.querySelector("[data-voir-service]").dataset.voirService = service.imotep;
  return { ...readService(article), toutes: retenues, lignes: retenues, favori: rang };
}

export function markStars(services, groupes) {
  for (const service of services) {
    const groupe = groupes.get(service);
    for (const ligne of service.toutes) press(ligne.querySelector("[data-etoile]"), Boolean(groupe?.lignes.has(ligne)));
    press(service.article.querySelector("[data-etoile]"), Boolean(groupe?.entier));
  }
}

// What the server is asked to keep after this star was pressed.
function withStar(favoris, services, etoile) {
  const mis = etoile.getAttribute("aria-pressed") === "true";
  const numero = etoile.closest("[data-poste]")?.dataset.poste;
  const service = numero ? serviceOf(services, numero) : services.find((s) => s.imotep === etoile.closest("[data-imotep]").dataset.imotep);
  if (numero) return mis ? withoutPoste(favoris, service, numero) : [...favoris, { poste: numero }];
  const estDuService = (favori) => (favori.service ? favori.service === service.imotep : serviceOf(services, favori.poste) === service);
  if (mis) return favoris.filter((favori) => !estDuService(favori));
  const liste = [...favoris];
  const dernier = favoris.map(estDuService).lastIndexOf(true);
  liste.splice(dernier < 0 ? liste.length : dernier + 1, 0, { service: service.imotep });
  return liste;
}

// A whole service loses its wholeness with its first poste taken out.
function withoutPoste(favoris, service, numero) {
  const liste = favoris.filter((favori) => favori.poste !== numero);
  const entier = liste.findIndex((favori) => favori.service === service.imotep);
  if (entier < 0) return liste;
  const nommes = new Set(liste.map((favori) => favori.poste));
  const autres = service.toutes.map((ligne) => ligne.dataset.poste).filter((autre) => autre !== numero && !nommes.has(autre));
  liste.splice(entier, 1, ...autres.map((poste) => ({ poste })));
  return liste;
}

function serviceOf(services, numero) {
  return services.find((service) => service.toutes.some((ligne) => ligne.dataset.poste === numero));
}

function press(etoile, mis) {
  etoile?.setAttribute("aria-pressed", String(mis));
}
