"""Finds an answer: every word, no accents, one slip forgiven; what has it in its title first."""

import re
from collections.abc import Iterable
from functools import cache

from gradin.domain.recherche import corrections, split_words, vocabulary
from gradin.domain.texte import fold
from gradin.web.aide.manuel import Rubrique, read_manuel

# Words that every question holds.
VIDES = frozenset(
    re.findall(r"\w+", "le la les un une des de du d l a au aux et ou en je me mon ma mes que qui est ce")
)
PLURIEL = 5
TROUVEES = 20


def search(question: str) -> list[Rubrique]:
    mots = [mot for mot in split_words(re.sub(r"[’'?!.,«»]", " ", question)) if mot not in VIDES]
    if not mots:
        return []
    variantes = [_variants(mot) for mot in mots]
    trouvees = [(_weight(une, variantes), rang, une) for rang, une in enumerate(_all())]
    classees = sorted((-poids, rang, une) for poids, rang, une in trouvees if poids)
    return [une for _, _, une in classees[:TROUVEES]]


def _weight(une: Rubrique, mots: Iterable[tuple[str, ...]]) -> int:
    """0 as soon as one word is missing; one more for each that stands in the title."""
    titre, entier, poids = fold(une.titre), une.recherche, 1
    for variantes in mots:
        if not any(mot in entier for mot in variantes):
            return 0
        poids += any(mot in titre for mot in variantes)
    return poids


def _variants(mot: str) -> tuple[str, ...]:
    """The word, of which a plural is no other; else, when nothing holds it, those it was meant for."""
    racine = mot.rstrip("sx") if len(mot) >= PLURIEL else mot
    if any(racine in une.recherche for une in _all()):
        return (racine,)
    return corrections(mot, _words()) or (mot,)


@cache
def _all() -> tuple[Rubrique, ...]:
    """A heading of questions only holds them: it answers nothing."""
    return tuple(une for page in read_manuel() for une in page.rubriques if une.texte)


@cache
def _words() -> frozenset[str]:
    return vocabulary(une.recherche for une in _all())
