// « Mes favoris »: every gesture is a form; this module sends it without leaving the page, keeps the focus, and drags.

import { letDrag, showHandles } from "./glisser.js";
import { copy } from "./modeles.js";
import { count } from "./mots.js";

const PERIODE = 5_000;
const PERIODE_PREVISION = 30_000;
const page = document.querySelector("[data-favoris-page]");
const annonce = document.querySelector("[data-annonce]");

async function send(formulaire, champs) {
  const corps = new FormData(formulaire);
  for (const [nom, valeur] of Object.entries(champs)) corps.set(nom, valeur);
  const reponse = await fetch(location.href.split("#")[0], {
    method: "POST", body: new URLSearchParams(corps), headers: { "Gradin-Fragment": "1" }, credentials: "same-origin",
  }).catch(() => null);
  if (reponse?.ok && !reponse.redirected) {
    show(await reponse.text());
    document.dispatchEvent(new CustomEvent("favoris:changes", { detail: location.href }));
  }
  else annonce.textContent = "Connexion perdue : rien n’a changé. Réessayez dans un instant.";
}

// What was open stays open; the button that was pressed keeps the focus where it has gone.
function show(html) {
  const neuf = new DOMParser().parseFromString(html, "text/html");
  const cle = document.activeElement?.dataset.cle;
  const ouverts = new Set([...page.querySelectorAll("details[open][id]")].map((details) => details.id));
  for (const nom of ["data-mes-favoris", "data-offre"]) {
    page.querySelector(`[${nom}]`)?.replaceChildren(...neuf.querySelector(`[${nom}]`).childNodes);
  }
  for (const details of page.querySelectorAll("details[id]")) if (ouverts.has(details.id)) details.open = true;
  annonce.textContent = neuf.querySelector("[data-dit]").textContent.trim();
  giveFocusBack(cle);
  showHandles(page);
}

function giveFocusBack(cle) {
  if (!cle) return;
  const meme = page.querySelector(`[data-cle="${CSS.escape(cle)}"]`);
  (meme ?? page.querySelector("#titre-mes-favoris"))?.focus({ preventScroll: Boolean(meme) });
}

page.addEventListener("submit", (envoi) => {
  if (!envoi.target.matches("[data-geste]")) return;
  envoi.preventDefault();
  const bouton = envoi.submitter;
  if (!bouton || bouton.getAttribute("aria-disabled") === "true") return;
  send(envoi.target, { geste: bouton.value });
});

// A number that is changed and left is a place asked for, Enter or not.
page.addEventListener("change", (saisie) => {
  const champ = saisie.target.closest("[name=rang]");
  if (champ) champ.form.requestSubmit(champ.form.querySelector("[value^=placer]"));
});

page.addEventListener("click", (clic) => {
  const lien = clic.target.closest("[data-tout]");
  if (!lien) return;
  clic.preventDefault();
  const details = [...page.querySelectorAll("[data-detail-service]")];
  const ouvrir = details.some((un) => !un.open);
  for (const un of details) un.open = ouvrir;
  lien.textContent = ouvrir ? "Replier les favoris" : "Voir tous les favoris";
});

// Dropped after what stood below, it takes that rank; before it, the rank of the one just above.
letDrag(page, "[data-rangeable] > [data-service]", (tire, repere, ou) => {
  const [depart, rang] = [tire, repere].map((ligne) => Number(ligne.dataset.rang));
  const voulu = rang + (ou === "apres" ? 1 : 0) - (depart < rang ? 1 : 0);
  if (voulu === depart) return;
  const geste = tire.parentElement.dataset.placer ?? "placer-service";
  send(tire.querySelector("form"), { geste: `${geste}:${tire.dataset.service}`, rang: voulu });
});

// While the amphi runs, what is taken turns red here too: one small answer for everybody, asked with its version.
async function follow() {
  const reponse = await fetch(page.dataset.etats, { headers: { Accept: "application/json" }, credentials: "same-origin" }).catch(() => null);
  if (!reponse?.ok) return;
  const { postes } = await reponse.json();
  const etats = new Map(postes.map(({ poste, etat }) => [poste, etat]));
  for (const ligne of page.querySelectorAll("[data-poste]")) paint(ligne, etats.get(ligne.dataset.poste) ?? "retire");
  for (const service of page.querySelectorAll("[data-service]")) {
    const libres = [...service.querySelectorAll("[data-poste]")].filter((ligne) => etats.get(ligne.dataset.poste) === "libre").length;
    service.querySelector("[data-compte]").textContent = count(libres, "disponible", "disponibles");
  }
}

// The chances follow too, less often: they are counted again after some choices, not after each.
async function foresee() {
  const reponse = await fetch(`/mon-amphi/chances/${location.search}`, { headers: { Accept: "application/json" }, credentials: "same-origin" }).catch(() => null);
  if (!reponse?.ok) return;
  const { chances } = await reponse.json();
  for (const lieu of page.querySelectorAll("[data-chance]")) {
    const [dixiemes, figure, mot] = chances[lieu.dataset.chance] ?? [];
    lieu.hidden = figure === undefined;
    if (lieu.hidden) continue;
    lieu.querySelector("meter").value = dixiemes;
    lieu.querySelector("[data-chance-figure]").textContent = figure;
    lieu.querySelector("[data-chance-mot]").textContent = mot;
  }
}

function paint(ligne, etat) {
  if (ligne.dataset.etat === etat) return;
  ligne.dataset.etat = etat;
  ligne.classList.toggle(ligne.matches("tr") ? "est-pourvu" : "poste--pourvu", etat === "pourvu");
  ligne.querySelector("[data-etat-poste]").replaceChildren(copy(etat));
}

showHandles(page);
if (page.hasAttribute("data-en-direct")) {
  follow();
  setInterval(() => { if (!document.hidden) follow(); }, PERIODE);
  setInterval(() => { if (!document.hidden) foresee(); }, PERIODE_PREVISION);
}
for (const bouton of document.querySelectorAll("[data-imprimer]")) {
  bouton.hidden = false;
  bouton.addEventListener("click", () => print());
}
