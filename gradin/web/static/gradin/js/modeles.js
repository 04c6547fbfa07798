// Copies of the page's <template data-modele="…">: all words and drawings stay in the templates.

const MODELES = new Map();

export function copy(nom) {
  if (!MODELES.has(nom)) {
    MODELES.set(nom, document.querySelector(`template[data-modele="${nom}"]`).content.firstElementChild);
  }
  return MODELES.get(nom).cloneNode(true);
}

// Writes only what changes: the browser then lays out nothing it has already laid out.
export function setText(element, texte) {
  if (element && element.textContent !== texte) element.textContent = texte;
}

export function fillFiche(racine, ligne) {
  const champs = { ...ligne.dataset, numero: ligne.dataset.poste };
  champs.chef ||= "non renseigné";
  champs.flechage ||= "aucun";
  champs.allocation ||= "aucune";
  for (const place of racine.querySelectorAll("[data-fiche]")) setText(place, champs[place.dataset.fiche] ?? "");
}
