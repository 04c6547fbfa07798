// The figures above the list: what is left for all, at my turn what is open to me, and of which moment.

import { setText } from "./modeles.js";
import { count, hourSeconds, number } from "./mots.js";

// `perdue`: null, or the hour of the state while the link is lost.
export function showCounters(page, { etat, nom, lignes, perdue, fuseau }) {
  const tour = nom === "tour";
  const favoris = tour ? page.querySelectorAll('[data-liste-favoris] [data-choisissable="oui"]').length : null;
  setText(page.querySelector("[data-favoris-note]"), tour ? count(favoris, "poste de vos favoris vous est ouvert", "postes de vos favoris vous sont ouverts") : "");
  setText(page.querySelector("[data-compteurs]"), say(etat, { tour, lignes, perdue, fuseau }));
}

function say(etat, { tour, lignes, perdue, fuseau }) {
  if (perdue !== null) return `Tel qu’à ${hourSeconds(perdue, fuseau)}`;
  if (tour) return count([...lignes.values()].filter((ligne) => ligne.dataset.choisissable === "oui").length, "poste vous est ouvert", "postes vous sont ouverts");
  const offerts = [...etat.postes.values()].filter((un) => un !== "retire");
  return `${count(offerts.filter((un) => un === "libre").length, "non pourvu", "non pourvus")} sur ${number(offerts.length)}`;
}
