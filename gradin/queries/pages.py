"""A page of a list: what every list of the API answers."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

PAR_PAGE_MAXIMAL = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PageDeListe:
    resultats: tuple[dict[str, Any], ...]
    total: int
    page: int
    par_page: int


def cut_page(rows: QuerySet[Any, Any], page: int, par_page: int) -> tuple[int, QuerySet[Any, Any]]:
    """(total, the rows of this page); a page after the last is empty."""
    debut = (page - 1) * par_page
    return rows.count(), rows[debut : debut + par_page]


def order_of(tri: str, colonnes: dict[str, tuple[Any, ...]], defaut: str) -> tuple[Any, ...]:
    """The columns behind `tri` (`-tri` turns them round); an unknown name sorts by `defaut`."""
    champs = colonnes.get(tri.removeprefix("-"), colonnes[defaut])
    if not tri.startswith("-"):
        return champs
    return tuple(f"-{champ}" if isinstance(champ, str) else champ.desc() for champ in champs)
