"""What the two tables share: the criteria of an address, a page of rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

PAR_PAGE = 50
VALEURS_LUES = 30


def paginate(rows: QuerySet[Any, Any], filtre: Filtre, read: Callable[[Any], Any]) -> Page[Any]:
    """The page asked for, its lines read."""
    page = Paginator(rows, PAR_PAGE).get_page(filtre.page)
    page.object_list = [read(row) for row in page.object_list]
    return page


@dataclass(frozen=True, slots=True, kw_only=True)
class Filtre:
    """`criteres`: by name, any of these values. `tri`: a column, with - in front to turn it round."""

    semestre: str
    q: str = ""
    criteres: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    tri: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Choix:
    """A criterion of the table: its name in the address, its words, what may be chosen."""

    nom: str
    mot: str
    valeurs: tuple[tuple[str, str], ...]
    pris: tuple[str, ...] = ()


def read_filtre(
    parametres: Mapping[str, Sequence[str]], semestre: str, noms: Sequence[str], page: int = 1
) -> Filtre:
    """What an address says; a null byte would be an error of PostgreSQL, a novel is not a search."""
    criteres = {nom: _clean(parametres.get(nom, ())) for nom in noms}
    return Filtre(
        semestre=semestre,
        q=next(iter(_clean(parametres.get("q", ()))), ""),
        criteres={nom: valeurs for nom, valeurs in criteres.items() if valeurs},
        tri=next(iter(_clean(parametres.get("tri", ()))), ""),
        page=page,
    )


def _clean(valeurs: Sequence[str]) -> tuple[str, ...]:
    propres = (valeur.replace("\x00", "").strip()[:100] for valeur in valeurs[:VALEURS_LUES])
    return tuple(dict.fromkeys(valeur for valeur in propres if valeur))
