// The search of the salle forgives what the lists forgive (tests/unit/recherche/test_mots.py).

import { corrections, isOneEditAway, readWords, splitWords, spread, vocabulary } from "/js/proches.js";

const TEXTES = ["2944 Cardiologie Hôpital Saint-Antoine", "33 radiologie ORL", "34 Neurologie"].map(spread);
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
  "a word is sought at the start of words, inside them only when none begins so": ({ equal }) => {
    const lus = (mot, textes) => readWords([mot], textes)[0].lus;
    equal(lus("urologie", [...TEXTES, spread("35 Urologie")]), [" urologie"]);
    equal(lus("urologie", TEXTES), ["urologie"]);
    equal(lus("antoine", TEXTES), [" antoine"]);
  },
  "words are folded, and a word that stands somewhere is left alone": ({ equal }) => {
    equal(splitWords("  Évènement  GRANGE "), ["evenement", "grange"]);
    equal(readWords(["cardio", "radiolgie"], TEXTES), [
      { mot: "cardio", lus: [" cardio"], corrige: false }, { mot: "radiolgie", lus: [" radiologie"], corrige: true },
    ]);
  },
};
