// L'hémicycle: seats are placed by the server; this module only moves the light and changes classes.

export function seatClass(statut, { estMoi, choisit, devant }) {
  if (choisit) return "siege siege--choisit";
  if (estMoi) return "siege siege--moi";
  if (statut === "a_choisi") return "siege siege--pris";
  if (statut === "passe" || statut === "hors_choix") return "siege siege--absent";
  return devant ? "siege siege--devant" : "siege";
}

export class Hemicycle {
  constructor(svg) {
    this.svg = svg;
    this.halo = svg.querySelector("[data-halo]");
    this.sieges = new Map([...svg.querySelectorAll("[data-siege]")].map((s) => [Number(s.dataset.siege), s]));
    this.anneau = svg.querySelector(".siege__anneau");
  }

  // `liste`: internes in call order; `devant`: Set of those before me.
  show(liste, { moi, choisit, devant }) {
    for (const ligne of liste) {
      const siege = this.sieges.get(ligne.interne);
      if (!siege) continue;
      const classe = seatClass(ligne.statut, {
        estMoi: ligne.interne === moi, choisit: ligne.interne === choisit, devant: devant.has(ligne.interne),
      });
      if (siege.getAttribute("class") !== classe) siege.setAttribute("class", classe);
    }
    this.moveLight(this.sieges.get(choisit));
    this.svg.setAttribute("aria-label", describe(liste, moi, choisit));
  }

  moveLight(siege) {
    if (!siege) { this.halo.setAttribute("r", "0"); return; }
    this.halo.setAttribute("cx", siege.getAttribute("cx"));
    this.halo.setAttribute("cy", siege.getAttribute("cy"));
    this.halo.setAttribute("r", String(Number(siege.getAttribute("r")) * 6));
  }
}

export function describe(liste, moi, choisit) {
  const rang = (numero) => liste.find((ligne) => ligne.interne === numero)?.rang;
  const phrases = [`Les ${liste.length} places de l’amphithéâtre.`];
  if (rang(choisit)) phrases.push(`Le rang ${rang(choisit)} choisit.`);
  if (rang(moi)) phrases.push(`Vous êtes au rang ${rang(moi)}.`);
  return phrases.join(" ");
}
