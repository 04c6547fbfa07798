"""Words as somebody types them: no case, no accents, one slip forgiven in words of five letters or more.

« urologie » finds urologie, not neurologie: a word is sought at the start of words, inside them only when
none begins so. Texts are kept spread, a space before each word, so that a start is a space and the word.
"""

import re
from collections.abc import Callable, Iterable

from gradin.domain.texte import fold

LETTRES_PARDONNEES = 5
MOTS_LUS = 8
CORRECTIONS_GARDEES = 12
# A number is never taken for another.
MOT = re.compile(r"[^\W\d_]{4,}")
ENTRE_MOTS = re.compile(r"[\W_]+")


def spread(texte: str) -> str:
    """Folded, one space before each word and nothing else between them: « Saint-Loup » is ` saint loup`."""
    return ENTRE_MOTS.sub(" ", f" {fold(texte)}").rstrip()


def split_words(texte: str) -> tuple[str, ...]:
    """The words of a search, folded; what follows the eighth is not read."""
    return tuple(spread(texte).split()[:MOTS_LUS])


def has_words(texte: str, mots: Iterable[str]) -> bool:
    """Every folded word stands somewhere in this text."""
    plie = spread(texte)
    return all(mot in plie for mot in mots)


def read_word(
    mot: str, stands: Callable[[str], bool], connus: Callable[[], Iterable[str]]
) -> tuple[tuple[str, ...], bool]:
    """What to look for in spread texts for this word, and whether it is a correction.

    `stands`: some text holds this. The start of words first; inside them; then one slip away.
    """
    if stands(f" {mot}"):
        return (f" {mot}",), False
    if stands(mot):
        return (mot,), False
    proches = corrections(mot, connus())
    return (tuple(f" {proche}" for proche in proches), True) if proches else ((mot,), False)


def find_texts(textes: Iterable[str], mots: tuple[str, ...]) -> list[str]:
    """The texts in which each word stands, as `read_word` reads it among them all."""
    epars = {texte: spread(texte) for texte in textes}

    def stands(cherche: str) -> bool:
        return any(cherche in epar for epar in epars.values())

    lus = [read_word(mot, stands, lambda: vocabulary(epars.values()))[0] for mot in mots]
    return [texte for texte, epar in epars.items() if all(any(lu in epar for lu in choix) for choix in lus)]


def vocabulary(textes: Iterable[str]) -> frozenset[str]:
    """The different words of letters in texts already spread."""
    differents = {*" ".join(textes).split()}
    return frozenset(MOT.findall(" ".join(differents)))


def corrections(mot: str, vocabulaire: Iterable[str]) -> tuple[str, ...]:
    """Words one edit away from `mot`; else those that begin so. None for a short word."""
    if not is_forgiven(mot):
        return ()
    connus = sorted(vocabulaire)
    proches = [connu for connu in connus if is_one_edit_away(mot, connu)]
    return tuple((proches or [c for c in connus if _begins_like(mot, c)])[:CORRECTIONS_GARDEES])


def is_forgiven(mot: str) -> bool:
    """Long enough, and no number: a number is never taken for another."""
    return len(mot) >= LETTRES_PARDONNEES and mot.isalpha()


def split_pieces(mot: str) -> tuple[str, ...]:
    """Three pieces of a word: a slip touches two neighbours at most, so one stands in what was meant."""
    tiers = len(mot) // 3
    return mot[:tiers], mot[tiers : 2 * tiers], mot[2 * tiers :]


def is_one_edit_away(un: str, autre: str) -> bool:
    """One letter more, less or other, or two neighbours swapped; the same word too."""
    if abs(len(un) - len(autre)) > 1:
        return False
    court = min(len(un), len(autre))
    debut = next((i for i in range(court) if un[i] != autre[i]), court)
    reste = court - debut
    fin = next((i for i in range(reste) if un[-1 - i] != autre[-1 - i]), reste)
    milieu, autre_milieu = un[debut : len(un) - fin], autre[debut : len(autre) - fin]
    if len(milieu) == len(autre_milieu) == 2:
        return milieu == autre_milieu[::-1]
    return max(len(milieu), len(autre_milieu)) <= 1


def _begins_like(mot: str, connu: str) -> bool:
    if len(connu) <= len(mot):
        return False
    return any(is_one_edit_away(mot, connu[:n]) for n in (len(mot) - 1, len(mot), len(mot) + 1))
