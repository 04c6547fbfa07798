// The fold that the salle shows, case by case. Run in Chromium by test_modules.py.

import { apply, before, fromSnapshot, pace, stage, takers } from "/js/etat.js";

const T0 = 1_806_908_400_000;
const iso = (ms) => new Date(T0 + ms).toISOString();

// Five internes, three postes; the first chooses since T0 and has ninety seconds.
function photo(champs = {}) {
  return {
    id: 7, seq: 10, offre: 1, etat: "en_cours", session: 1, pause: null, retours: [], couples: [], couple_attendu: null, messages: [],
    tour: { tour: 1, interne: 1, debut: T0, fin: T0 + 90_000, suspendu: null },
    liste: [1, 2, 3, 4, 5].map((n) => ({ interne: n, rang: n, statut: n === 1 ? "en_cours" : "a_venir", poste: null, nom: `Interne ${n}` })),
    postes: ["a", "b", "c"].map((poste) => ({ poste, etat: "libre" })),
    ...champs,
  };
}

function play(etat, ...faits) {
  return faits.reduce((suite, [nom, p, ms, plus]) => apply(suite, nom, { n: suite.seq + 1, a: iso(ms ?? 0), fait: nom, p, ...plus }), etat);
}

const depart = () => fromSnapshot(photo());

export const cas = {
  "the one choosing counts among those before me": ({ equal }) => {
    equal(before(depart(), 3), [1, 2]);
  },
  "who does not choose is not before me": ({ equal }) => {
    equal(before(play(depart(), ["HorsChoixConstate", { interne: 2 }]), 3), [1]);
  },
  "a late one placed back passes before all others": ({ equal }) => {
    const etat = play(depart(), ["TourPasse", { tour: 1, interne: 1 }], ["TourOuvert", { tour: 2, interne: 2, duree_ms: 90_000 }], ["RetourPlace", { interne: 1 }]);
    equal(before(etat, 3), [2, 1]);
    equal(before(etat, 1), [2]);
  },
  "the better ranked of a couple comes right after the other": ({ equal }) => {
    const etat = fromSnapshot(photo({ couples: [[2, 4]] }));
    equal(before(etat, 3), [1]);
    equal(before(etat, 2), [1, 3, 4]);
    equal(before(etat, 5), [1, 3, 4, 2]);
  },
  "who comes after one of a couple is asked of the server": ({ equal }) => {
    const etat = fromSnapshot(photo({ couples: [[2, 1]] }));
    equal(play(etat, ["ChoixConfirme", { tour: 1, interne: 1, poste: "b" }]).perime, true);
  },
  "a choice makes the poste red and its chooser done": ({ equal }) => {
    const etat = play(depart(), ["ChoixConfirme", { tour: 1, interne: 1, poste: "b" }, 5_000, { etat: "pourvu" }]);
    equal([etat.postes.get("b"), etat.internes.get(1).statut, etat.tour], ["pourvu", "a_choisi", null]);
    equal(takers(etat).get("b").map((interne) => interne.rang), [1]);
  },
  "a surnombre leaves the poste free": ({ equal }) => {
    const etat = play(depart(), ["ChoixConfirme", { tour: 1, interne: 1, poste: "b" }, 5_000, { etat: "libre" }]);
    equal(etat.postes.get("b"), "libre");
  },
  "only the rows that changed are named": ({ equal }) => {
    const { touches } = play(depart(), ["ChoixConfirme", { tour: 1, interne: 1, poste: "b" }, 5_000]);
    equal([[...new Set(touches.internes)], touches.postes, touches.tout], [[1], ["b"], false]);
  },
  "the same fact twice changes nothing": ({ equal }) => {
    const fait = { n: 11, a: iso(0), p: { tour: 1, interne: 1, poste: "b" } };
    const une = apply(depart(), "ChoixConfirme", fait);
    equal(apply(une, "ChoixConfirme", fait).seq, 11);
    equal(apply(une, "ChoixConfirme", fait).touches.postes, []);
  },
  "a missing fact asks for the snapshot": ({ equal }) => {
    equal(apply(depart(), "SessionOuverte", { n: 13, a: iso(0), p: { session: 2 } }).perime, true);
  },
  "a fact that is only summed up, or unknown, asks for the snapshot": ({ equal }) => {
    equal(play(depart(), ["ListeCorrigee", {}, 0, { abrege: true }]).perime, true);
    equal(play(depart(), ["FaitDeDemain", {}]).perime, true);
  },
  "a pause gives back exactly what was left": ({ equal }) => {
    const etat = play(depart(), ["PauseDebutee", { label: "pause" }, 30_000], ["PauseTerminee", {}, 100_000]);
    equal(etat.tour.fin - T0, 160_000);
  },
  "time given during a pause is there after it": ({ equal }) => {
    const etat = play(depart(), ["PauseDebutee", { label: "pause" }, 30_000], ["TourProlonge", { tour: 1, ms: 30_000 }, 40_000], ["PauseTerminee", {}, 100_000]);
    equal(etat.tour.fin - T0, 190_000);
  },
  "who no longer chooses is not before me, though placed back": ({ equal }) => {
    const etat = play(depart(), ["TourPasse", { tour: 1, interne: 1 }], ["TourOuvert", { tour: 2, interne: 2, duree_ms: 90_000 }], ["RetourPlace", { interne: 1 }], ["HorsChoixConstate", { interne: 1 }]);
    equal(before(etat, 3), [2]);
  },
  "a session ends with the last one to call, before the next one's ranks": ({ equal }) => {
    const sessions = [{ rang_de: 1, rang_a: 2 }, { rang_de: 3, rang_a: 5 }];
    const etat = play(fromSnapshot(photo({ sessions })), ["ChoixConfirme", { tour: 1, interne: 1, poste: "a" }]);
    equal([etat.session, play(etat, ["HorsChoixConstate", { interne: 2 }]).session], [1, null]);
  },
  "a technical pause leaves thirty seconds at least": ({ equal }) => {
    const etat = play(depart(), ["PauseDebutee", { label: "technique" }, 85_000], ["PauseTerminee", {}, 100_000]);
    equal(etat.tour.fin - T0, 130_000);
  },
  "an outage is given back": ({ equal }) => {
    const etat = play(depart(), ["PanneConstatee", { de: T0 + 10_000, a: T0 + 14_000 }, 14_000]);
    equal(etat.tour.fin - T0, 94_000);
  },
  "a longer tour ends later": ({ equal }) => {
    equal(play(depart(), ["TourProlonge", { tour: 1, ms: 30_000 }]).tour.fin - T0, 120_000);
  },
  "the pace is a minute until the room has shown its own": ({ equal }) => {
    let etat = depart();
    equal(pace(etat), 60_000);
    for (const n of [1, 2, 3]) {
      etat = play(etat, ["ChoixConfirme", { tour: n, interne: n, poste: "a" }, n * 4_000], ["TourOuvert", { tour: n + 1, interne: n + 1, duree_ms: 90_000 }, n * 4_000]);
    }
    equal(pace(etat), 4_000);
  },
  "snapshot then facts is the later snapshot": ({ equal }) => {
    const apres = play(depart(), ["ChoixConfirme", { tour: 1, interne: 1, poste: "b" }, 5_000], ["TourOuvert", { tour: 2, interne: 2, duree_ms: 90_000 }, 5_000]);
    const liste = photo().liste.map((l) => ({ ...l, statut: ["a_choisi", "en_cours"][l.rang - 1] ?? "a_venir", poste: l.rang === 1 ? "b" : null }));
    const neuve = fromSnapshot(photo({
      seq: 12, liste, postes: [{ poste: "a", etat: "libre" }, { poste: "b", etat: "pourvu" }, { poste: "c", etat: "libre" }],
      tour: { tour: 2, interne: 2, debut: T0 + 5_000, fin: T0 + 95_000, suspendu: null },
    }));
    equal([...apres.internes.values()], [...neuve.internes.values()]);
    equal([...apres.postes], [...neuve.postes]);
    equal([apres.tour.tour, apres.tour.interne, apres.tour.fin], [neuve.tour.tour, neuve.tour.interne, neuve.tour.fin]);
  },
  "a page that may be out of date says nothing else": ({ equal }) => {
    equal(stage(depart(), 1, false), "liaison");
    equal([1, 2].map((moi) => stage(depart(), moi, true)), ["tour", "attente"]);
    equal(stage(play(depart(), ["PauseDebutee", { label: "pause" }]), 1, true), "pause");
    equal(stage(play(depart(), ["TourPasse", { tour: 1, interne: 1 }]), 1, true), "passe");
    equal(stage(play(depart(), ["AmphiClos", { internes: [] }]), 2, true), "clos");
  },
};
