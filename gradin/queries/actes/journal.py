"""The trail itself: acts of every source in one order, a page at a time or all of it for a file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from gradin.data.comptes.models import Compte
from gradin.queries.actes.ligne import ActeLu, FiltreActes, Source
from gradin.queries.actes.sources import SOURCES
from gradin.queries.visiteurs import Visiteur

PAR_PAGE = 50
# A file: more is asked for by dates.
MAXIMUM = 5_000
GENRES = tuple((source.genre, source.mots) for source in SOURCES)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageActes:
    """`total`: how many answer the filter, over `pages` pages (one at least)."""

    lignes: tuple[ActeLu, ...]
    page: int
    total: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAR_PAGE))

    @property
    def suite(self) -> bool:
        return self.page < self.pages


def read_page(visiteur: Visiteur, filtre: FiltreActes, page: int) -> PageActes:
    """The latest first. Each source gives what could stand on this page, no more.

    A page past the last one is the last one.
    """
    total = sum(source.find(visiteur, filtre).count() for source in _asked(filtre))
    lu = PageActes(lignes=(), page=page, total=total)
    page = min(page, lu.pages)
    fin = page * PAR_PAGE
    lignes = _merged(visiteur, filtre, fin)
    return replace(lu, page=page, lignes=tuple(_named(lignes[fin - PAR_PAGE :])))


def read_all(visiteur: Visiteur, filtre: FiltreActes) -> tuple[ActeLu, ...]:
    return tuple(_named(_merged(visiteur, filtre, MAXIMUM)))


def _merged(visiteur: Visiteur, filtre: FiltreActes, combien: int) -> list[ActeLu]:
    lues = [source.read(row) for source in _asked(filtre) for row in source.find(visiteur, filtre)[:combien]]
    return sorted(lues, key=lambda acte: acte.at, reverse=True)[:combien]


def _asked(filtre: FiltreActes) -> list[Source]:
    return [source for source in SOURCES if filtre.genre in ("", source.genre)]


def _named(lignes: list[ActeLu]) -> Iterator[ActeLu]:
    """Addresses kept as texts are said by the name of their account."""
    noms = _names({ligne.auteur for ligne in lignes})
    for ligne in lignes:
        yield replace(ligne, auteur=noms.get(ligne.auteur, ligne.auteur))


def _names(auteurs: set[str]) -> Mapping[str, str]:
    comptes = Compte.objects.filter(email__in=auteurs).exclude(nom_affiche="")
    return dict(comptes.values_list("email", "nom_affiche"))
