// The strength of a password while it is typed: the rule of gradin/domain/mot_de_passe.py, which alone decides.

const EXIGE = 79;
const BITS_PAR_MOT = 11.5;
const CLASSES = [[/[a-zà-ÿ]/u, 26], [/[A-ZÀ-Ý]/u, 26], [/[0-9]/u, 10], [/[^a-zà-ÿA-ZÀ-Ý0-9]/u, 37]];
const MOT = /^\p{L}{2,}$/u;

const mots = (texte) => texte.split(/[\s'’-]+/u).map((mot) => mot.replace(/^[.,;:!?…]+|[.,;:!?…]+$/gu, "")).filter(Boolean);

function usefulSigns(texte) {
  const codes = [...texte].map((signe) => signe.codePointAt(0));
  const pas = (i) => codes[i] - codes[i - 1];
  return codes.filter((_, i) => i < 2 || pas(i) !== pas(i - 1) || Math.abs(pas(i)) > 1).length;
}

export function estimateBits(texte) {
  const phrase = mots(texte);
  if (phrase.length > 2 && phrase.every((mot) => MOT.test(mot)))
    return new Set(phrase.map((mot) => mot.toLowerCase())).size * BITS_PAR_MOT;
  const alphabet = CLASSES.reduce((total, [classe, taille]) => total + (classe.test(texte) ? taille : 0), 0);
  return alphabet ? usefulSigns(texte) * Math.log2(alphabet) : 0;
}

const champ = document.querySelector("input[data-force]");
const jauge = document.querySelector("[data-force-jauge]");
if (champ && jauge) {
  const barre = jauge.querySelector("meter");
  const phrase = jauge.querySelector("[data-force-mots]");
  jauge.hidden = false;
  champ.addEventListener("input", () => {
    const bits = estimateBits(champ.value);
    barre.value = Math.min(100, bits);
    phrase.textContent = !champ.value ? "" : bits >= EXIGE ? "Mot de passe assez fort" : bits >= 50 ? "Encore trop facile à deviner : ajoutez quelques caractères ou un mot" : "Trop facile à deviner";
  });
}
