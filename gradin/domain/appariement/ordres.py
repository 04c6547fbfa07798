"""From notes, ranks and a seed to strict orders: who asks where, and where he stands there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from gradin.domain.appariement.campagne import DocteurJunior, Site, TourAppariement


@dataclass(frozen=True, slots=True, kw_only=True)
class Guichet:
    """Seats of one site that share one order. `locale`: its own subdivision comes first."""

    site: int
    places: int
    locale: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordres:
    """What `acceptation.defer` reads: candidates and guichets are numbered from 0."""

    guichets: tuple[Guichet, ...]
    voeux: tuple[tuple[tuple[int, int], ...], ...]


def draw(graine: str, *codes: str) -> str:
    """A lot that anybody recomputes: SHA-256 of the seed and the codes, in hexadecimal."""
    return sha256("|".join((graine, *codes)).encode()).hexdigest()


def make_ordres(tour: TourAppariement) -> Ordres:
    """Strict orders on both sides; a pair counts only where neither refuses the other."""
    guichets = tuple(g for numero, site in enumerate(tour.sites) for g in split(tour, numero, site))
    subdivisions = {candidat.code: candidat.subdivision for candidat in tour.candidats}
    lots = {candidat.code: draw(tour.graine, candidat.code) for candidat in tour.candidats}
    places = [order(tour.sites[guichet.site], guichet, subdivisions, lots) for guichet in guichets]
    sieges = defaultdict[str, list[int]](list)
    for numero, guichet in enumerate(guichets):
        sieges[tour.sites[guichet.site].code].append(numero)
    return Ordres(
        guichets=guichets,
        voeux=tuple(
            tuple(
                (guichet, places[guichet][candidat.code])
                for code in sort_notes(tour.graine, candidat)
                for guichet in sieges.get(code, ())
                if candidat.code in places[guichet]
            )
            for candidat in tour.candidats
        ),
    )


def split(tour: TourAppariement, numero: int, site: Site) -> tuple[Guichet, ...]:
    """The first seat apart, and asked first, when locals come first for it; else all seats alike."""
    premier = Guichet(site=numero, places=1, locale=True)
    if not tour.regles.priorite_locale:
        return (Guichet(site=numero, places=site.places, locale=False),)
    return (premier, Guichet(site=numero, places=site.places - 1, locale=False))[: site.places]


def order(
    site: Site, guichet: Guichet, subdivisions: Mapping[str, str], lots: Mapping[str, str]
) -> dict[str, int]:
    """Candidate → place at this guichet, from 0; those whom the site refuses are absent."""

    def key(code: str) -> tuple[bool, int, str]:
        stranger = guichet.locale and subdivisions[code] != site.subdivision
        return stranger, site.classements[code], lots[code]

    accepted = (code for code, rang in site.classements.items() if rang > 0)
    return {code: place for place, code in enumerate(sorted(accepted, key=key))}


def sort_notes(graine: str, candidat: DocteurJunior) -> list[str]:
    """The sites he marked, best first; equal notes by lot, a different one for each candidate."""
    notes = candidat.notes
    marques = [code for code, note in notes.items() if note > 0]
    return sorted(marques, key=lambda code: (-notes[code], draw(graine, candidat.code, code)))
