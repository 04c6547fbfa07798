"""Words typed by somebody, looked for in the stored search keys."""

from functools import reduce
from operator import and_

from django.db.models import Q

from gradin.domain.recherche import split_words


def words_in(champ: str, texte: str) -> Q:
    """Every word typed stands somewhere in the search key `champ`."""
    return reduce(and_, (Q(**{f"{champ}__contains": mot}) for mot in split_words(texte)), Q())
