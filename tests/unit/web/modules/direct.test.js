// How the link gives up streams for long-poll, without waiting: the clock is moved by hand, the network is ours.

import { Direct } from "/js/direct.js";

const ONZE_SECONDES = 11_000;

// A network of ours under one link; `flux` and `lus` are the addresses asked.
function wire(recevoir = () => {}) {
  const [flux, lus, entendre] = [[], [], {}];
  globalThis.EventSource = class {
    constructor(adresse) { flux.push(adresse); }
    addEventListener(nom, faire) { entendre[nom] = faire; }
    close() {}
  };
  globalThis.fetch = async (adresse) => {
    lus.push(adresse);
    if (lus.length > 1) return new Promise(() => {});
    return { ok: true, json: async () => ({ maintenant: 1, faits: [], moi: null, resync: false }) };
  };
  const dits = [];
  const lien = new Direct({ base: "/api/v1/amphis/7", depuis: () => 4, recevoir, horloge: { set() {} }, changer: ({ liee }) => dits.push(liee) });
  lien.canal = null;
  lien.lead();
  const sleep = () => { lien.dernier -= ONZE_SECONDES; lien.ouvert -= ONZE_SECONDES; lien.listenToSilence(); };
  return { lien, flux, lus, dits, sleep, hear: (nom) => entendre[nom]({ data: "{}" }) };
}

const rest = () => new Promise((suite) => { setTimeout(suite, 0); });

export const cas = {
  "one silence of a stream that never spoke, and the page asks at once": async ({ equal }) => {
    const { lien, flux, lus, dits, sleep } = wire();
    sleep();
    await rest();
    equal([flux.length, dits], [1, [false, true]]);
    equal(lus, ["/api/v1/amphis/7/faits?depuis=4&attente=0", "/api/v1/amphis/7/faits?depuis=4&attente=8"]);
    lien.close();
  },
  "a machine that slept asks again before anything is live, whatever its own hour says": ({ equal }) => {
    const vraie = Date.now;
    const { lien, flux, dits, hear } = wire();
    try {
      hear("horloge");
      Date.now = () => vraie() - 600_000;
      lien.listenToSilence();
      equal([dits, lien.liee], [[], true]);
      Date.now = () => vraie() - 480_000;
      lien.listenToSilence();
      equal([lien.liee, dits, lien.source, lien.reprise > 0], [false, [false, false], null, true]);
      lien.retryNow();
      hear("horloge");
      equal([lien.liee, flux.length], [true, 2]);
      lien.listenToSilence();
      equal(lien.liee, true);
    } finally {
      Date.now = vraie;
      lien.close();
    }
  },
  "a stream that has spoken is opened again": async ({ equal }) => {
    const { lien, flux, lus, sleep, hear } = wire();
    hear("horloge");
    sleep();
    equal([lus.length, lien.reprise > 0], [0, true]);
    lien.retryNow();
    equal([flux.length, lus.length], [2, 0]);
    lien.close();
  },
  "a long-poll that is silent too is tried again, later and later": async ({ equal }) => {
    const { lien, lus, sleep } = wire();
    sleep();
    await rest();
    sleep();
    equal([lus.length, lien.echecs, lien.reprise > 0], [2, 1, true]);
    lien.close();
  },
  "in one's own turn the page asks whether the link is back, and lives again at its first answer": async ({ equal }) => {
    const { lien, flux, lus, dits, sleep, hear } = wire();
    hear("horloge");
    sleep();
    await rest();
    equal([lus.length, dits.at(-1)], [0, false]);
    lien.presse = () => true;
    sleep();
    await rest();
    equal([lus, flux.length, dits.at(-1)], [["/api/v1/amphis/7/faits?depuis=4&attente=0"], 2, true]);
    lien.close();
  },
  "links that answer and streams that stay silent: one's turn goes on by long-poll": async ({ equal }) => {
    const { lien, flux, lus, sleep, hear } = wire();
    hear("horloge");
    lien.presse = () => true;
    globalThis.fetch = async (adresse) => {
      lus.push(adresse);
      if (adresse.endsWith("=8")) return new Promise(() => {});
      return { ok: true, json: async () => ({ maintenant: 1, faits: [], moi: null, resync: false }) };
    };
    for (let fois = 0; fois < 2; fois += 1) {
      lien.coup -= ONZE_SECONDES;
      sleep();
      await rest();
    }
    equal([flux.length, lien.muet, lus.length], [2, true, 4]);
    lien.close();
  },
  "questions without an answer stay, and are not too many": async ({ equal }) => {
    const { lien, lus, sleep, hear } = wire();
    hear("horloge");
    lien.presse = () => true;
    globalThis.fetch = (adresse) => { lus.push(adresse); return new Promise(() => {}); };
    for (let fois = 0; fois < 9; fois += 1) {
      lien.coup -= ONZE_SECONDES;
      sleep();
    }
    equal(lus.length, 5);
    lien.close();
  },
  "another network is given its chance": async ({ equal }) => {
    const { lien, flux, sleep } = wire();
    sleep();
    await rest();
    lien.changeNetwork();
    equal(flux.length, 2);
    lien.close();
  },
};
