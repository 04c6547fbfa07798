// Le minuteur: three tiers of thirty seats are the whole turn, the outer one empties first.

const SIEGES = 30;
const PALIERS = 3;

export function secondsLeft(fin, maintenant) {
  return Math.max(0, Math.ceil((fin - maintenant) / 1000));
}

export function litSeats(reste, duree) {
  if (duree <= 0) return 0;
  return Math.ceil((Math.max(0, Math.min(reste, duree)) * SIEGES * PALIERS) / duree);
}

export function dashes(sieges) {
  return sieges === 0 ? "0 60" : ".7 .3 ".repeat(sieges - 1) + ".7 60";
}

export class Minuteur {
  constructor(element) {
    this.paliers = [...element.querySelectorAll("[data-palier]")];
    this.secondes = element.querySelector("[data-secondes]");
    this.unite = element.querySelector("[data-unite]");
    this.affiche = new Map();
  }

  show(reste, duree) {
    const secondes = Math.ceil(Math.max(0, reste) / 1000);
    this.set(this.secondes, secondes, (e) => { e.textContent = secondes; });
    this.set(this.unite, secondes < 2, (e) => { e.textContent = secondes < 2 ? "seconde" : "secondes"; });
    const allumes = litSeats(reste, duree);
    this.paliers.forEach((palier, i) => {
      const sieges = Math.max(0, Math.min(SIEGES, allumes - SIEGES * (PALIERS - 1 - i)));
      this.set(palier, sieges, (e) => e.setAttribute("stroke-dasharray", dashes(sieges)));
    });
  }

  // One attribute per second: what did not change is not written again.
  set(element, valeur, ecrire) {
    if (!element || this.affiche.get(element) === valeur) return;
    this.affiche.set(element, valeur);
    ecrire(element);
  }
}
