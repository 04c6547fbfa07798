// Matching: a note or a gesture is a form; this sends it without leaving the page. Deadlines count down.

import { letDrag, showHandles } from "./glisser.js";

const annonce = document.querySelector("[data-annonce]");
const PERDU = "Connexion perdue : rien n’a changé. Réessayez dans un instant.";

async function post(formulaire, bouton, entetes, champs = {}) {
  const corps = new URLSearchParams(new FormData(formulaire, bouton));
  for (const [nom, valeur] of Object.entries(champs)) corps.set(nom, valeur);
  return fetch(formulaire.action, { method: "POST", body: corps, headers: entetes, credentials: "same-origin" }).catch(() => null);
}

function say(mots, element = annonce) {
  if (element) element.textContent = mots;
}

// --- A candidate's notes ---------------------------------------------------------------------------

async function note(formulaire, bouton) {
  const reponse = await post(formulaire, bouton, { Accept: "application/json" });
  const lu = await reponse?.json().catch(() => null);
  if (!reponse?.ok) {
    say(lu?.message ?? PERDU);
    if (lu?.message) location.reload();
    return;
  }
  const boutons = [...formulaire.querySelectorAll(".coeur")];
  for (const un of boutons) {
    const choisi = lu.note !== null && Number(un.dataset.valeur) === lu.note;
    un.setAttribute("aria-pressed", String(choisi));
    un.value = choisi ? "" : un.dataset.valeur;
  }
  const site = formulaire.closest(".site");
  site.classList.toggle("est-note", lu.note > 0);
  site.classList.toggle("est-refuse", lu.note === 0);
  count(lu.donnes);
  const nom = site.querySelector(".site__nom").textContent;
  say(lu.note === null ? `${nom} : note retirée.` : `${nom} : ${lu.note} sur 5 enregistré.`);
}

function count(donnes) {
  const compte = document.querySelector("[data-compte]");
  const manque = Math.max(0, Number(compte.dataset.requises) - donnes);
  compte.querySelector("[data-donnes]").textContent = donnes;
  compte.querySelector("[data-donnes-mot]").textContent = donnes > 1 ? "sites notés" : "site noté";
  compte.querySelector("[data-manque]").textContent = manque ? `Il en manque ${manque}` : "Vous prenez part au tour";
  compte.classList.toggle("est-complet", !manque);
}

// --- A site's ranks --------------------------------------------------------------------------------

const page = document.querySelector("[data-classement-page]");

async function rank(formulaire, bouton, champs) {
  const cle = document.activeElement?.dataset.cle;
  const reponse = await post(formulaire, bouton, { "Gradin-Fragment": "1" }, champs);
  if (!reponse?.ok || reponse.redirected) return say(PERDU, page.querySelector("[data-dit]"));
  const neuf = new DOMParser().parseFromString(await reponse.text(), "text/html");
  // The region that speaks stays the same element: a new one would not be read aloud.
  const dit = page.querySelector("[data-dit]");
  const mots = neuf.querySelector("[data-dit]").textContent;
  neuf.querySelector("[data-dit]").remove();
  page.replaceChildren(dit, ...neuf.body.childNodes);
  say(mots, dit);
  tick();
  showHandles(page);
  if (cle) page.querySelector(`[data-cle="${CSS.escape(cle)}"]`)?.focus();
}

document.addEventListener("submit", (envoi) => {
  const formulaire = envoi.target;
  if (formulaire.matches("[data-note]") && envoi.submitter) {
    envoi.preventDefault();
    note(formulaire, envoi.submitter);
  } else if (formulaire.matches("[data-classement]")) {
    envoi.preventDefault();
    rank(formulaire, envoi.submitter);
  }
});

// A number that is changed and left is a rank given, Enter or not.
page?.addEventListener("change", (saisie) => {
  const champ = saisie.target.closest(".candidat__numero");
  if (champ) champ.form.requestSubmit(champ.form.querySelector("[value='numeros:']"));
});

if (page) {
  showHandles(page);
  letDrag(page, "[data-rangeable] > [data-candidat]", (tire, repere, ou) => {
    const champs = { geste: `${ou}:${tire.dataset.candidat}`, repere: repere.dataset.candidat };
    rank(tire.closest("form"), null, champs);
  });
}

// --- Deadlines -------------------------------------------------------------------------------------

function left(ms) {
  const minutes = Math.floor(ms / 60_000);
  const jours = Math.floor(minutes / 1_440);
  const heures = Math.floor((minutes % 1_440) / 60);
  if (jours) return `Encore ${jours} jour${jours > 1 ? "s" : ""} et ${heures} h.`;
  return heures ? `Encore ${heures} h ${String(minutes % 60).padStart(2, "0")}.` : `Encore ${minutes} min.`;
}

function tick() {
  for (const un of document.querySelectorAll("[data-echeance]")) {
    const reste = new Date(un.dataset.echeance) - Date.now();
    un.textContent = reste > 0 ? left(reste) : "";
  }
}

tick();
setInterval(tick, 30_000);
