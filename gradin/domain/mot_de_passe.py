"""How strong a password is, by the CNIL's recommendation of July 2022 (délibération 2022-100)."""

from __future__ import annotations

import itertools
import math
import re

# 80 bits, as its three examples count them: 12 signs of four classes, 14 of three, or seven words.
EXIGE = 79.0
BITS_PAR_MOT = 11.5
# Size of each class of signs; 37 is the CNIL's count of the special ones.
CLASSES = ((re.compile("[a-zà-ÿ]"), 26), (re.compile("[A-ZÀ-Ý]"), 26), (re.compile("[0-9]"), 10))
SPECIAUX = 37
MOT = re.compile(r"[^\W\d_]{2,}")


def estimate_bits(mot_de_passe: str) -> float:
    """A sentence counts its words, anything else its signs; what repeats or counts up adds nothing."""
    mots = re.split(r"[\s'’-]+", mot_de_passe.strip(" .,;:!?…\u00a0\u202f"))
    if len(mots) > 2 and all(MOT.fullmatch(mot.strip(".,;:!?")) for mot in mots if mot):
        return len({mot.casefold() for mot in mots if mot}) * BITS_PAR_MOT
    alphabet = sum(taille for classe, taille in CLASSES if classe.search(mot_de_passe))
    if any(not classe_of(signe) for signe in mot_de_passe):
        alphabet += SPECIAUX
    return count_useful(mot_de_passe) * math.log2(alphabet) if alphabet else 0.0


def classe_of(signe: str) -> bool:
    """Whether a sign is a letter or a digit; the others are the special ones."""
    return any(classe.fullmatch(signe) for classe, _ in CLASSES)


def count_useful(mot_de_passe: str) -> int:
    """Signs that the two before do not foretell: `aaaa` and `1234` count for two."""
    codes = [ord(signe) for signe in mot_de_passe]
    steps = [after - before for before, after in itertools.pairwise(codes)]
    foretold = sum(un == deux and abs(un) <= 1 for un, deux in itertools.pairwise(steps))
    return len(codes) - foretold
