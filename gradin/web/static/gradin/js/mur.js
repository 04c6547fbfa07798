// The wall screen: follows the public stream, draws its zones again from the server, turns its pages by itself.

import { Direct } from "./direct.js";
import { Battement, Horloge } from "./horloge.js";
import { hour } from "./mots.js";

const GROUPE = 150;
const TOUR_DE_PAGE = 12_000;

class Mur {
  constructor(page) {
    this.page = page;
    this.feuille = 0;
    this.horloge = new Horloge();
    this.horloge.set(Number(page.dataset.maintenant));
    this.direct = new Direct({
      base: page.dataset.api,
      depuis: () => Number(page.dataset.seq),
      recevoir: (nom, donnees) => this.hear(nom, donnees),
      changer: ({ liee }) => { this.liee = liee; this.sayLink(); if (liee) this.soon(); },
      horloge: this.horloge,
    });
    this.liee = true;
    this.battement = new Battement(this.horloge, () => this.fin, () => this.beat());
  }

  start() {
    this.direct.start();
    this.readTurn();
    setInterval(() => this.turnPage(), TOUR_DE_PAGE);
  }

  hear(nom, donnees) {
    if (nom === "presence" || nom === "moi" || nom === "panne") return;
    if (nom === "horloge" && donnees.seq <= Number(this.page.dataset.seq)) return;
    this.soon();
  }

  soon() {
    this.attend ??= setTimeout(() => this.refresh(), GROUPE);
  }

  async refresh() {
    this.attend = null;
    try {
      const reponse = await fetch(location.href, { credentials: "same-origin" });
      if (!reponse.ok) return;
      const nouvelle = new DOMParser().parseFromString(await reponse.text(), "text/html");
      const page = nouvelle.querySelector("[data-mur]");
      if (!page || Number(page.dataset.seq) < Number(this.page.dataset.seq)) return;
      this.page.dataset.seq = page.dataset.seq;
      document.title = nouvelle.title;
      for (const zone of page.querySelectorAll("[data-zone]")) {
        this.page.querySelector(`[data-zone="${zone.dataset.zone}"]`).replaceChildren(...zone.childNodes);
      }
      this.showPage();
      this.sayLink();
      this.readTurn();
    } catch {
      // The stream says when the link is lost; the next fact asks again.
    }
  }

  readTurn() {
    const temps = this.page.querySelector("[data-temps]");
    this.fin = temps && !temps.dataset.suspendu ? Number(temps.dataset.fin) : null;
    this.battement.restart();
  }

  beat() {
    this.page.querySelector("[data-horloge]").textContent = hour(this.horloge.now(), this.page.dataset.fuseau);
    const secondes = this.page.querySelector("[data-secondes]");
    if (secondes && this.fin !== null) {
      secondes.textContent = Math.max(0, Math.ceil((this.fin - this.horloge.now()) / 1000));
    }
  }

  turnPage() {
    this.feuille += 1;
    this.showPage();
  }

  showPage() {
    const pages = [...this.page.querySelectorAll("[data-page]")];
    if (pages.length < 2) return;
    const ici = this.feuille % pages.length;
    pages.forEach((page, i) => { page.hidden = i !== ici; });
    this.page.querySelector("[data-page-mots]").textContent = `page ${ici + 1} sur ${pages.length}`;
  }

  sayLink() {
    this.page.querySelector("[data-liaison]").hidden = this.liee;
  }
}

const page = document.querySelector("[data-mur]");
if (page) new Mur(page).start();
