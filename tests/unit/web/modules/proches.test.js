// The search of the salle forgives what the lists forgive (tests/unit/recherche/test_mots.py).

import { corrections, isOneEditAway, readWords, splitWords, vocabulary } from "/js/proches.js";

const TEXTES = ["2944 cardiologie hopital saint-antoine", "33 radiologie orl"];
const CONNUS = [...vocabulary(TEXTES)].sort();

export const cas = {
  "one slip finds the word": ({ equal }) => {
    for (const frappe of ["cardiolgie", "cardiologgie", "cardiologia", "cardioolgie", "acrdiologie", "cardiolgi"]) {
      equal(corrections(frappe, CONNUS), ["cardiologie"]);
    }
  },
  "two slips, a short word and a number are not forgiven": ({ equal }) => {
    for (const frappe of ["kardiolgie", "orll", "29441"]) equal(corrections(frappe, CONNUS), []);
  },
  "one edit is one letter or one swap": ({ equal }) => {
    const paires = [["abcde", "abcde", true], ["abcde", "abced", true], ["abcde", "abxce", false], ["aab", "aaab", true], ["abcde", "abc", false], ["abcde", "bacd", false]];
    for (const [un, autre, proche] of paires) equal([isOneEditAway(un, autre), isOneEditAway(autre, un)], [proche, proche]);
  },
  "words are folded, and a word that stands somewhere is left alone": ({ equal }) => {
    equal(splitWords("  Évènement  GRANGE "), ["evenement", "grange"]);
    equal(readWords(["cardio", "radiolgie"], TEXTES), [
      { mot: "cardio", lus: ["cardio"], corrige: false }, { mot: "radiolgie", lus: ["radiologie"], corrige: true },
    ]);
  },
};
