// Words as somebody types them, read as domain/recherche.py reads them: no accents, one slip forgiven from five letters on.

import { fold } from "./mots.js";

const LETTRES_PARDONNEES = 5;
const MOTS_LUS = 8;
const CORRECTIONS_GARDEES = 12;

// Folded, one space before each word: a word's start is a space and the word.
export function spread(texte) {
  return ` ${fold(texte)}`.replace(/[^\p{L}\p{N}]+/gu, " ").trimEnd();
}

export function splitWords(texte) {
  return spread(texte).split(" ").filter(Boolean).slice(0, MOTS_LUS);
}

export function vocabulary(textes) {
  const differents = new Set(textes.flatMap((texte) => texte.split(/\s+/)));
  return new Set([...differents].join(" ").match(/\p{L}{4,}/gu) ?? []);
}

// What to look for in spread texts: the start of words first; inside them; then one slip away.
export function readWords(mots, textes) {
  let connus = null;
  return mots.map((mot) => {
    for (const cherche of [` ${mot}`, mot]) {
      if (textes.some((texte) => texte.includes(cherche))) return { mot, lus: [cherche], corrige: false };
    }
    connus ??= [...vocabulary(textes)].sort();
    const lus = corrections(mot, connus);
    return { mot, lus: lus.length ? lus.map((lu) => ` ${lu}`) : [mot], corrige: lus.length > 0 };
  });
}

export function corrections(mot, connus) {
  if (mot.length < LETTRES_PARDONNEES || !/^\p{L}+$/u.test(mot)) return [];
  const proches = connus.filter((connu) => isOneEditAway(mot, connu));
  return (proches.length ? proches : connus.filter((connu) => beginsLike(mot, connu))).slice(0, CORRECTIONS_GARDEES);
}

// One letter more, less or other, or two neighbours swapped; the same word too.
export function isOneEditAway(un, autre) {
  if (Math.abs(un.length - autre.length) > 1) return false;
  const court = Math.min(un.length, autre.length);
  let debut = 0;
  while (debut < court && un[debut] === autre[debut]) debut += 1;
  let fin = 0;
  while (fin < court - debut && un.at(-1 - fin) === autre.at(-1 - fin)) fin += 1;
  const [milieu, autreMilieu] = [un.slice(debut, un.length - fin), autre.slice(debut, autre.length - fin)];
  if (milieu.length === 2 && autreMilieu.length === 2) return milieu === autreMilieu[1] + autreMilieu[0];
  return Math.max(milieu.length, autreMilieu.length) <= 1;
}

function beginsLike(mot, connu) {
  if (connu.length <= mot.length) return false;
  return [-1, 0, 1].some((plus) => isOneEditAway(mot, connu.slice(0, mot.length + plus)));
}
