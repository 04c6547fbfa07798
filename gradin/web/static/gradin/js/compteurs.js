// The figures above the list: what is left for all, at my turn what is open to me, and of which moment.

import { setText } from "./modeles.js";
import { count, hourSeconds, number } from "./mots.js";

// `perdue`: null, or the hour of the state while the link is lost.
export function showCounters(page, { etat, nom, lignes, perdue, fuseau }) {
  const tour = nom === "tour";
  const favoris = tour ? page.querySelectorAll('[data-liste-favoris] [data-choisissable="oui"]').length : null;
  setText(page.querySelector("[data-favoris-note]"), tour ? count(favoris, "poste de vos favoris vous est ouvert", "postes de vos favoris vous sont ouverts") : "");
  page.querySelector("[data-premier-favori]").hidden = !favoris;
  setText(page.querySelector("[data-compteurs]"), say(etat, { tour, lignes, perdue, fuseau }));
}

// At my turn those already taken keep their place: the first one still open may be screens below.
export function wireFirstFavourite(page) {
  page.querySelector("[data-premier-favori]").addEventListener("click", () => {
    const ligne = page.querySelector('[data-liste-favoris] [data-choisissable="oui"]');
    const details = ligne?.closest("details");
    if (details) details.open = true;
    ligne?.scrollIntoView({ block: "center" });
    ligne?.querySelector("button:not([hidden]):not([aria-pressed])")?.focus({ preventScroll: true });
  });
}

function say(etat, { tour, lignes, perdue, fuseau }) {
  if (perdue !== null) return `Tel qu’à ${hourSeconds(perdue, fuseau)}`;
  if (tour) return count([...lignes.values()].filter((ligne) => ligne.dataset.choisissable === "oui").length, "poste vous est ouvert", "postes vous sont ouverts");
  const offerts = [...etat.postes.values()].filter((un) => un !== "retire");
  return `${count(offerts.filter((un) => un === "libre").length, "non pourvu", "non pourvus")} sur ${number(offerts.length)}`;
}
