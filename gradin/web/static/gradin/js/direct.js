// One stream of facts for all tabs: EventSource, its silence, its return, and long-poll where streams are blocked.

import { FAITS } from "./faits.js";

const SILENCE = 10_000;
const RETOUR_MAXIMAL = 5_000;
const ECHECS_AVANT_ATTENTE = 3;
const ATTENTE_LONGUE = 8;
const SANS_NUMERO = ["horloge", "presence", "moi", "panne", "resync"];

export class Direct {
  // `base`: /api/v1/amphis/7. `depuis()`: last sequence applied. `recevoir(nom, donnees)`: every event, numbered or not.
  // `changer({liee, essai_dans})`: the link is known to live, or not.
  constructor({ base, depuis, recevoir, changer, horloge }) {
    Object.assign(this, { base, depuis, recevoir, changer, horloge });
    this.echecs = 0;
    this.meneur = false;
    this.source = null;
    this.liee = true;
    this.dernier = performance.now();
    this.canal = "BroadcastChannel" in globalThis ? new BroadcastChannel(`gradin${base}`) : null;
  }

  start() {
    if (this.canal) this.canal.onmessage = ({ data }) => this.hear(data.nom, data.donnees);
    setInterval(() => this.listenToSilence(), 1_000);
    addEventListener("online", () => this.retryNow());
    addEventListener("pageshow", (e) => { if (e.persisted) this.retryNow(); });
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.listenToSilence(); });
    if (!this.canal || !navigator.locks) { this.lead(); return; }
    // The browser gives the lock to the next tab when the one that leads is closed.
    navigator.locks.request(`gradin${this.base}`, () => { this.lead(); return new Promise(() => {}); });
  }

  lead() {
    this.meneur = true;
    this.open();
  }

  open() {
    this.close();
    this.ouvert = performance.now();
    if (this.echecs >= ECHECS_AVANT_ATTENTE && !this.vuFlux) { this.poll(); return; }
    const source = new EventSource(`${this.base}/direct?depuis=${this.depuis()}`);
    this.source = source;
    for (const nom of [...FAITS, ...SANS_NUMERO]) {
      source.addEventListener(nom, (evenement) => {
        this.vuFlux = true;
        this.share(nom, parse(evenement.data));
      });
    }
    source.onerror = () => this.fail();
  }

  share(nom, donnees) {
    this.canal?.postMessage({ nom, donnees });
    this.hear(nom, donnees);
  }

  hear(nom, donnees) {
    this.dernier = performance.now();
    this.echecs = 0;
    if (nom === "horloge") this.horloge.set(donnees.maintenant);
    this.recevoir(nom, donnees);
    this.say(true);
  }

  // Long-poll: each answer carries the server's hour, so that silence means the same thing as on a stream.
  async poll() {
    const veille = new AbortController();
    this.source = { close: () => veille.abort() };
    try {
      while (!veille.signal.aborted) {
        const adresse = `${this.base}/faits?depuis=${this.depuis()}&attente=${ATTENTE_LONGUE}`;
        const reponse = await fetch(adresse, { signal: veille.signal, headers: { Accept: "application/json" } });
        if (!reponse.ok) throw new Error(String(reponse.status));
        const corps = await reponse.json();
        if (corps.resync) this.share("resync", { seq: corps.seq });
        for (const fait of corps.faits) this.share(fait.fait, fait);
        if (corps.moi) this.share("moi", corps.moi);
        this.share("horloge", { maintenant: corps.maintenant, seq: this.depuis() });
      }
    } catch {
      if (!veille.signal.aborted) this.fail();
    }
  }

  listenToSilence() {
    if (performance.now() - this.dernier < SILENCE) return;
    this.say(false);
    // A tab whose leader sleeps opens its own stream.
    const attendu = this.source && performance.now() - this.ouvert < SILENCE;
    if (!this.reprise && !attendu) this.fail();
  }

  fail() {
    this.close();
    this.echecs += 1;
    const plafond = Math.min(RETOUR_MAXIMAL, 500 * 2 ** (this.echecs - 1));
    const attente = Math.round(plafond * (0.4 + 0.6 * Math.random()));
    this.essai = performance.now() + attente;
    this.reprise = setTimeout(() => { this.reprise = 0; this.open(); }, attente);
    if (!this.liee) this.changer({ liee: false });
  }

  retryNow() {
    this.close();
    this.echecs = 0;
    this.open();
  }

  close() {
    clearTimeout(this.reprise);
    this.reprise = 0;
    this.source?.close();
    this.source = null;
  }

  // Milliseconds before the next try, for the words of the page.
  get attente() {
    return this.reprise ? Math.max(0, this.essai - performance.now()) : 0;
  }

  say(liee) {
    if (this.liee === liee) return;
    this.liee = liee;
    this.changer({ liee });
  }
}

function parse(texte) {
  try {
    return JSON.parse(texte);
  } catch {
    return {};
  }
}
