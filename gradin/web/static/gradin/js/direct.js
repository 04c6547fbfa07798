// One stream of facts for all tabs: EventSource, its silence, its return, and long-poll where streams are blocked.

import { FAITS } from "./faits.js";

const SILENCE = 10_000;
const RETOUR_MAXIMAL = 5_000;
const ECHECS_AVANT_ATTENTE = 3;
const ATTENTE_LONGUE = 8;
// Questions that only ask whether the link is back, and how long a new connection asks every second.
const COUPS = 5;
const JEUNE = 4_500;
// Between tabs only: the one that leads is awake, whatever its link.
const SIGNE = "meneur";
const SANS_NUMERO = ["horloge", "presence", "moi", "panne", "resync"];

export class Direct {
  // `base`: /api/v1/amphis/7. `depuis()`: last sequence applied. `recevoir(nom, donnees)`: every event, numbered or not.
  // `changer({liee, essai_dans})`: the link is known to live, or not. `presse()`: every second counts, it is one's turn.
  constructor({ base, depuis, recevoir, changer, horloge, presse = () => false }) {
    Object.assign(this, { base, depuis, recevoir, changer, horloge, presse });
    this.echecs = 0;
    this.muet = false;
    this.frappe = false;
    this.coups = 0;
    this.coup = -JEUNE;
    this.meneur = false;
    this.source = null;
    this.liee = true;
    this.dernier = performance.now();
    this.signe = this.dernier;
    this.ecart = Date.now() - this.dernier;
    this.canal = "BroadcastChannel" in globalThis ? new BroadcastChannel(`gradin${base}`) : null;
  }

  start() {
    if (this.canal) this.canal.onmessage = ({ data }) => this.hearTab(data);
    setInterval(() => this.listenToSilence(), 1_000);
    addEventListener("online", () => { if (this.meneur) this.changeNetwork(); });
    addEventListener("offline", () => this.say(false));
    addEventListener("pageshow", (e) => { if (e.persisted) this.retryNow(); });
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.listenToSilence(); });
    this.queue();
  }

  get partage() {
    return Boolean(this.canal && navigator.locks);
  }

  // The browser gives the lock to the next tab when the one that leads is closed. `steal`: that one sleeps.
  async queue(options = {}) {
    if (!this.partage) { this.lead(); return; }
    try {
      await navigator.locks.request(`gradin${this.base}`, options, () => { this.lead(); return new Promise(() => {}); });
    } catch (erreur) {
      if (erreur.name !== "AbortError") { this.lead(); return; }
      // Another tab, in front of the eyes, has taken the lead.
      this.meneur = false;
      this.close();
      this.queue();
    }
  }

  lead() {
    this.meneur = true;
    this.open();
  }

  hearTab({ nom, donnees }) {
    this.signe = performance.now();
    if (nom !== SIGNE) this.hear(nom, donnees);
  }

  open() {
    this.close();
    this.ouvert = performance.now();
    if (this.bloque) { this.poll(); return; }
    const source = new EventSource(`${this.base}/direct?depuis=${this.depuis()}`);
    this.source = source;
    for (const nom of [...FAITS, ...SANS_NUMERO]) {
      source.addEventListener(nom, (evenement) => {
        this.vuFlux = true;
        this.frappe = false;
        this.share(nom, parse(evenement.data));
      });
    }
    source.onerror = () => this.fail();
  }

  // Streams do not come through here: they were refused again and again, or opened and said nothing.
  get bloque() {
    return !this.vuFlux && (this.muet || this.echecs >= ECHECS_AVANT_ATTENTE);
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

  take(corps) {
    if (corps.resync) this.share("resync", { seq: corps.seq });
    for (const fait of corps.faits) this.share(fait.fait, fait);
    if (corps.moi) this.share("moi", corps.moi);
    this.share("horloge", { maintenant: corps.maintenant, seq: this.depuis() });
  }

  // Long-poll: each answer carries the server's hour, so that silence means the same thing as on a stream.
  // The first one does not wait: it ends the silence.
  async poll() {
    const veille = new AbortController();
    this.source = { close: () => veille.abort() };
    let attente = 0;
    try {
      while (!veille.signal.aborted) {
        const adresse = `${this.base}/faits?depuis=${this.depuis()}&attente=${attente}`;
        attente = ATTENTE_LONGUE;
        const reponse = await fetch(adresse, { signal: veille.signal, headers: { Accept: "application/json" } });
        if (!reponse.ok) throw new Error(String(reponse.status));
        this.take(await reponse.json());
      }
    } catch {
      if (!veille.signal.aborted) this.fail();
    }
  }

  // A machine that sleeps stops the count of performance.now, on most systems, and not its own hour: they part by as
  // long as it slept. Whoever wakes must not be shown an old state as live, nor a button, before the server has spoken.
  wake() {
    const ecart = Date.now() - performance.now();
    const dormi = ecart - this.ecart;
    this.ecart = ecart;
    if (dormi < SILENCE) return;
    for (const moment of ["dernier", "signe", "ouvert"]) this[moment] -= dormi;
  }

  listenToSilence() {
    this.wake();
    if (this.meneur) this.canal?.postMessage({ nom: SIGNE });
    if (performance.now() - this.dernier < SILENCE) return;
    this.say(false);
    if (!this.meneur) { this.succeed(); return; }
    if (this.presse()) this.knock();
    const attendu = this.source && performance.now() - this.ouvert < SILENCE;
    if (this.reprise || attendu) return;
    if (this.vuFlux || this.muet) this.fail(); else this.leaveStreams();
  }

  // A connection asked for in the silence asks each second at first, then more and more rarely: a young one must always be
  // there to hear of the link's return. Given up, it would be handed to the next request, as old as it is: so they stay,
  // as many as a browser opens to one server but for the stream. In one's own turn only: thousands wait at random.
  async knock() {
    const instant = performance.now();
    if (this.coups >= COUPS || instant - this.coup < JEUNE) return;
    this.coups += 1;
    this.coup = instant;
    try {
      const reponse = await fetch(`${this.base}/faits?depuis=${this.depuis()}&attente=0`, { cache: "no-store" });
      if (!reponse.ok || this.liee) return;
      this.take(await reponse.json());
      // The last one opened the stream again, which has said nothing since: this network keeps streams for itself.
      if (this.frappe) this.leaveStreams(); else { this.frappe = true; this.retryNow(); }
    } catch {
      // Still no link.
    } finally {
      this.coups -= 1;
    }
  }

  // A proxy that buffers keeps the stream open and every event for itself: a second try would cost ten seconds more
  // of one's turn.
  leaveStreams() {
    this.muet = true;
    this.vuFlux = false;
    this.open();
  }

  // What was learnt of streams is true of the network that was left.
  changeNetwork() {
    this.muet = false;
    this.vuFlux = false;
    this.retryNow();
  }

  // Never one stream a tab: eight would take all the connections that a browser opens to one server, and the choice
  // would wait behind them. A leader that gives no sign sleeps in the background: the tab that is looked at leads.
  succeed() {
    if (document.hidden || performance.now() - this.signe < SILENCE) return;
    this.signe = performance.now();
    this.queue({ steal: true });
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
    if (!this.meneur) { this.signe = -SILENCE; this.succeed(); return; }
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
