// A click sent into a cut: given up when the link is back, sent again with its key. The network is ours.

import { Choix } from "/js/choix.js";

// A window with nothing but what sending needs; `repondre` is asked at each sending.
function click(repondre) {
  const cles = [];
  const choix = Object.assign(Object.create(Choix.prototype), {
    etat: document.createElement("p"),
    envoi: true,
    cle: "la sienne",
    reseau: { post: (chemin, corps, cle, signal) => { cles.push(cle); return repondre(cles.length, signal); } },
  });
  return { choix, cles };
}

// Time stands still: nothing goes again by waiting.
async function without(minuteries, jouer) {
  const { setTimeout } = globalThis;
  globalThis.setTimeout = minuteries;
  try { await jouer(); } finally { globalThis.setTimeout = setTimeout; }
}

const silence = (signal) => new Promise((_, refuser) => { signal.addEventListener("abort", () => refuser(signal.reason)); });

export const cas = {
  "what was sent into the silence goes again when the link is back, with the same key": async ({ equal }) => {
    const { choix, cles } = click((essai, signal) => (essai === 1 ? silence(signal) : { statut: 201 }));
    await without(() => 0, async () => {
      const reponse = choix.send({});
      choix.sendAgain();
      equal([(await reponse).statut, cles], [201, ["la sienne", "la sienne"]]);
    });
  },
  "what waits for its next try does not wait any more": async ({ equal }) => {
    const { choix, cles } = click((essai) => { if (essai === 1) throw new Error("no link"); return { statut: 200 }; });
    await without(() => 0, async () => {
      const reponse = choix.send({});
      choix.sendAgain();
      equal([(await reponse).statut, cles.length], [200, 2]);
    });
  },
  "a link that comes back sends nothing by itself": async ({ equal }) => {
    const { choix, cles } = click(() => ({ statut: 200 }));
    choix.envoi = false;
    choix.sendAgain();
    equal(cles, []);
  },
};
