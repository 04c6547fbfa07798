"""Words typed by somebody, folded as the stored search keys are: no case, no accents."""

import unicodedata
from functools import reduce
from operator import and_

from django.db.models import Q


def fold(texte: str) -> str:
    plat = unicodedata.normalize("NFKD", texte)
    return "".join(c for c in plat if not unicodedata.combining(c)).casefold()


def words_in(champ: str, texte: str) -> Q:
    """Every word typed stands somewhere in the search key `champ`."""
    mots = fold(texte).split()[:8]
    return reduce(and_, (Q(**{f"{champ}__contains": mot}) for mot in mots), Q())
