// The server's clock seen from the page, the minuteur, and French words.

import { Horloge } from "/js/horloge.js";
import { dashes, litSeats, secondsLeft } from "/js/minuteur.js";
import { count, fold, hour, hourSeconds, number } from "/js/mots.js";

const MARDI = 1_806_996_600_000;

export const cas = {
  "a message can be late, never early: the soonest one is believed": ({ equal }) => {
    let passe = 0;
    const horloge = new Horloge(() => passe);
    passe = 800;
    horloge.set(1_000_000);
    passe = 1_050;
    horloge.set(1_001_000);
    passe = 2_000;
    equal(horloge.now(), 1_001_950);
  },
  "a machine that slept believes the server again at once": ({ equal }) => {
    let passe = 0;
    const horloge = new Horloge(() => passe);
    horloge.set(1_000_000);
    passe = 10;
    horloge.set(1_600_000);
    equal(horloge.now(), 1_600_000);
  },
  "the page shows zero at the end and never less": ({ equal }) => {
    equal([secondsLeft(5_000, 0), secondsLeft(5_000, 4_001), secondsLeft(5_000, 5_000), secondsLeft(5_000, 9_000)], [5, 1, 0, 0]);
  },
  "a seat of the minuteur is a second of ninety": ({ equal }) => {
    equal([90_000, 61_000, 60_001, 500, 0].map((reste) => litSeats(reste, 90_000)), [90, 61, 61, 1, 0]);
    equal(litSeats(60_000, 120_000), 45);
    equal([dashes(0), dashes(1), dashes(2)], ["0 60", ".7 60", ".7 .3 .7 60"]);
  },
  "hours are those of the subdivision, with no-break spaces": ({ equal }) => {
    equal(hour(MARDI, "Europe/Paris"), "9\u00a0h\u00a030");
    equal(hour(MARDI + 30 * 60_000, "Europe/Paris"), "10\u00a0h");
    equal(hourSeconds(MARDI + 72_000, "Europe/Paris"), "9\u00a0h\u00a031\u00a0min\u00a012\u00a0s");
  },
  "quantities are said in French": ({ equal }) => {
    equal([count(0, "poste", "postes"), count(2, "poste", "postes"), number(1419)], ["0\u00a0poste", "2\u00a0postes", "1\u202f419"]);
    equal(fold("Édouard-HERRIOT"), "edouard-herriot");
  },
};
