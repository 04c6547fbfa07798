"""A matching round of docteurs juniors as published: who asks for what, who ranks whom (rules.md §8)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import ceil
from typing import TypeAlias

Note: TypeAlias = int
"""0 to 5 hearts: 0, or no note, refuses the site."""
Classement: TypeAlias = int
"""1 is the best; 0, or no rank, refuses the candidate."""

NOTE_MAXIMALE = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ReglesAppariement:
    """Parameters of a round: shares in per cent."""

    notes_au_moins: int = 4
    part_notee: int = 20
    part_classee: int = 80
    priorite_locale: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class DocteurJunior:
    """`notes`: site → note. Ties are allowed."""

    code: str
    subdivision: str
    notes: Mapping[str, Note]


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """`classements`: candidate → rank given by the responsable de terrain. Ties are allowed."""

    code: str
    subdivision: str
    places: int
    classements: Mapping[str, Classement]


@dataclass(frozen=True, slots=True, kw_only=True)
class TourAppariement:
    """Everything that decides a round. `graine` settles what notes and ranks leave equal."""

    candidats: tuple[DocteurJunior, ...]
    sites: tuple[Site, ...]
    graine: str
    regles: ReglesAppariement = field(default_factory=ReglesAppariement)


@dataclass(frozen=True, slots=True, kw_only=True)
class Insuffisance:
    """Somebody answered less than the rules ask."""

    code: str
    donnes: int
    attendus: int


def notes_required(tour: TourAppariement) -> int:
    """How many sites a candidate must mark; never more than there are."""
    postes = sum(site.places for site in tour.sites)
    share = ceil(tour.regles.part_notee * postes / 100)
    return min(max(tour.regles.notes_au_moins, share), len(tour.sites))


def classements_required(tour: TourAppariement) -> int:
    """How many candidates a site must rank."""
    return ceil(tour.regles.part_classee * len(tour.candidats) / 100)


def find_candidats_insuffisants(tour: TourAppariement) -> Iterator[Insuffisance]:
    """Candidates who marked (1 to 5) fewer sites than asked."""
    attendus = notes_required(tour)
    for candidat in tour.candidats:
        donnes = sum(note > 0 for note in candidat.notes.values())
        if donnes < attendus:
            yield Insuffisance(code=candidat.code, donnes=donnes, attendus=attendus)


def find_sites_insuffisants(tour: TourAppariement) -> Iterator[Insuffisance]:
    """Sites that ranked fewer candidates than asked."""
    attendus = classements_required(tour)
    for site in tour.sites:
        donnes = sum(rang > 0 for rang in site.classements.values())
        if donnes < attendus:
            yield Insuffisance(code=site.code, donnes=donnes, attendus=attendus)


def check_tour(tour: TourAppariement) -> None:
    """Refuse what no result could be computed from: doubles, unknown codes, notes out of bounds."""
    candidats = {candidat.code for candidat in tour.candidats}
    sites = {site.code for site in tour.sites}
    if len(candidats) < len(tour.candidats) or len(sites) < len(tour.sites):
        raise ValueError("Un candidat ou un site figure deux fois.")
    for candidat in tour.candidats:
        check_answers(candidat.code, candidat.notes, sites, NOTE_MAXIMALE)
    for site in tour.sites:
        check_answers(site.code, site.classements, candidats, len(candidats))
        if site.places < 0:
            raise ValueError(f"{site.code} : le nombre de places est négatif.")


def check_answers(code: str, answers: Mapping[str, int], known: set[str], maximum: int) -> None:
    """Each answer names somebody known and stays within 0 and `maximum`."""
    for other, value in answers.items():
        if other not in known:
            raise ValueError(f"{code} : {other} est inconnu.")
        if not 0 <= value <= maximum:
            raise ValueError(f"{code} : la réponse {value} pour {other} sort de 0 à {maximum}.")
