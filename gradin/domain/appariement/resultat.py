"""The result of a round, checked for stability each time it is computed, and explained to each candidate."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias

from gradin.domain.appariement.acceptation import SANS_PLACE, defer
from gradin.domain.appariement.campagne import DocteurJunior, Site, TourAppariement, check_tour
from gradin.domain.appariement.ordres import draw, make_ordres, sort_notes


@dataclass(frozen=True, slots=True, kw_only=True)
class Appariement:
    """Candidate → site; `locaux` are those who hold the seat for which their subdivision came first."""

    sites: Mapping[str, str]
    locaux: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """A candidate and a site that would both rather have one another: the result is not stable."""

    candidat: str
    site: str


class Issue(StrEnum):
    """What became of one wish."""

    OBTENU = "obtenu"
    MIEUX_OBTENU = "mieux_obtenu"
    REFUSE_PAR_LE_SITE = "refuse_par_le_site"
    SANS_PLACE = "sans_place"
    MIEUX_CLASSES = "mieux_classes"
    PRIORITE_LOCALE = "priorite_locale"
    TIRAGE = "tirage"


@dataclass(frozen=True, slots=True, kw_only=True)
class Explication:
    """Why a candidate got a site or not. `dernier_rang`: rank of the last one taken there, if it decided."""

    site: str
    note: int
    rang: int
    dernier_rang: int | None
    issue: Issue


class AppariementInstable(Exception):
    """The computed result has objections: nothing may be published. It would be a fault of ours."""


def pair(tour: TourAppariement) -> Appariement:
    """The stable result that is best for every candidate at once; checked before it is returned."""
    check_tour(tour)
    ordres = make_ordres(tour)
    obtenus = defer(ordres.voeux, [guichet.places for guichet in ordres.guichets])
    sites, locaux = dict[str, str](), set[str]()
    for candidat, numero in zip(tour.candidats, obtenus, strict=True):
        if numero == SANS_PLACE:
            continue
        guichet = ordres.guichets[numero]
        sites[candidat.code] = tour.sites[guichet.site].code
        if guichet.locale:
            locaux.add(candidat.code)
    result = Appariement(sites=sites, locaux=frozenset(locaux))
    if any(find_objections(tour, result)):
        raise AppariementInstable
    return result


Rang: TypeAlias = tuple[bool, int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dernier:
    """Who comes last among those a site holds, for each kind of seat; None when nobody holds one.

    `libre`: it has a seat left. `lots`: candidate → his lot, the same at every site.
    """

    site: Site
    libre: bool
    ordinaire: Rang | None
    local: Rang | None
    lots: Mapping[str, str]

    def standing(self, candidat: DocteurJunior, *, locale: bool) -> Rang:
        """Where he comes for one kind of seat: the smaller the better."""
        stranger = locale and candidat.subdivision != self.site.subdivision
        return stranger, self.site.classements[candidat.code], self.lots[candidat.code]


def find_objections(tour: TourAppariement, result: Appariement) -> Iterator[Objection]:
    """Every justified complaint, from notes and ranks alone: shares no step with the computation."""
    derniers = list_derniers(tour, result)
    for candidat in tour.candidats:
        obtenu = result.sites.get(candidat.code)
        for code in preferred(tour, candidat, obtenu):
            if would_take(derniers[code], candidat):
                yield Objection(candidat=candidat.code, site=code)
        local = candidat.code in result.locaux
        if obtenu and not local and is_deprived_of_first_seat(derniers[obtenu], candidat):
            yield Objection(candidat=candidat.code, site=obtenu)


def list_derniers(tour: TourAppariement, result: Appariement) -> Mapping[str, Dernier]:
    lots = {candidat.code: draw(tour.graine, candidat.code) for candidat in tour.candidats}
    tenus = defaultdict[str, list[DocteurJunior]](list)
    for candidat in tour.candidats:
        if candidat.code in result.sites:
            tenus[result.sites[candidat.code]].append(candidat)
    return {site.code: _last(site, tenus[site.code], result.locaux, lots) for site in tour.sites}


def _last(site: Site, tenus: list[DocteurJunior], locaux: frozenset[str], lots: Mapping[str, str]) -> Dernier:
    vide = Dernier(site=site, libre=len(tenus) < site.places, ordinaire=None, local=None, lots=lots)
    ordinaires = [vide.standing(c, locale=False) for c in tenus if c.code not in locaux]
    premiers = [vide.standing(c, locale=True) for c in tenus if c.code in locaux]
    return replace(vide, ordinaire=max(ordinaires, default=None), local=max(premiers, default=None))


def preferred(tour: TourAppariement, candidat: DocteurJunior, obtenu: str | None) -> list[str]:
    """The sites he would rather have had than his own."""
    ordonnes = sort_notes(tour.graine, candidat)
    return ordonnes if obtenu is None else ordonnes[: ordonnes.index(obtenu)]


def would_take(dernier: Dernier, candidat: DocteurJunior) -> bool:
    """The site has a free seat for him, or holds somebody who comes after him for that seat."""
    if not dernier.site.classements.get(candidat.code):
        return False
    if dernier.libre:
        return True
    if dernier.ordinaire is not None and dernier.standing(candidat, locale=False) < dernier.ordinaire:
        return True
    return dernier.local is not None and dernier.standing(candidat, locale=True) < dernier.local


def is_deprived_of_first_seat(dernier: Dernier, candidat: DocteurJunior) -> bool:
    """He holds an ordinary seat although he comes before who holds the first one, which is filled first."""
    return dernier.local is not None and dernier.standing(candidat, locale=True) < dernier.local


def explain(tour: TourAppariement, result: Appariement, candidat: DocteurJunior) -> tuple[Explication, ...]:
    """One line for each site he marked, in his order."""
    return explain_one(tour, result, candidat, sum_up_sites(tour, result))


def explain_all(tour: TourAppariement, result: Appariement) -> Mapping[str, tuple[Explication, ...]]:
    """The same for everybody, by candidate."""
    taken = sum_up_sites(tour, result)
    return {candidat.code: explain_one(tour, result, candidat, taken) for candidat in tour.candidats}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pris:
    """Whom a site took. `dernier`: rank of the last one for an ordinary seat, or of who has the only one;
    None when nobody was taken. `local`: rank of the one who came first as a local, 0 without."""

    site: Site
    dernier: int | None
    local: int


def sum_up_sites(tour: TourAppariement, result: Appariement) -> Mapping[str, Pris]:
    tenus: dict[str, list[str]] = {site.code: [] for site in tour.sites}
    for candidat, site in result.sites.items():
        tenus[site].append(candidat)
    return {site.code: _sum_up(site, tenus[site.code], result.locaux) for site in tour.sites}


def _sum_up(site: Site, tenus: list[str], locaux: frozenset[str]) -> Pris:
    ordinaires = [code for code in tenus if code not in locaux] or tenus
    return Pris(
        site=site,
        dernier=max((site.classements[code] for code in ordinaires), default=None),
        local=max((site.classements[code] for code in tenus if code in locaux), default=0),
    )


def explain_one(
    tour: TourAppariement, result: Appariement, candidat: DocteurJunior, pris: Mapping[str, Pris]
) -> tuple[Explication, ...]:
    ordonnes = sort_notes(tour.graine, candidat)
    obtenu = result.sites.get(candidat.code)
    sien = len(ordonnes) if obtenu is None else ordonnes.index(obtenu)
    return tuple(_explain(candidat, pris[code], place - sien) for place, code in enumerate(ordonnes))


def _explain(candidat: DocteurJunior, un: Pris, ecart: int) -> Explication:
    """`ecart` is 0 for the site he got, positive for those he liked less."""
    rang = un.site.classements.get(candidat.code, 0)
    return Explication(
        site=un.site.code,
        note=candidat.notes[un.site.code],
        rang=rang,
        dernier_rang=un.dernier if ecart < 0 else None,
        issue=find_issue(ecart, rang, un.dernier, un.local),
    )


def find_issue(ecart: int, rang: int, dernier: int | None, rang_local: int) -> Issue:
    """The strongest reason first; `rang_local` is the rank of the local who came first, 0 without one."""
    if ecart >= 0:
        return Issue.OBTENU if ecart == 0 else Issue.MIEUX_OBTENU
    if not rang:
        return Issue.REFUSE_PAR_LE_SITE
    if dernier is None:
        return Issue.SANS_PLACE
    if rang_local > rang:
        return Issue.PRIORITE_LOCALE
    return Issue.TIRAGE if dernier == rang else Issue.MIEUX_CLASSES
