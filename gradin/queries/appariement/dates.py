"""The windows of matchings, as dates: for the calendar of everybody, and the next one of a candidate."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from gradin.data.appariement.models import (
    ActeAppariement,
    CampagneAppariement,
    Candidature,
    ModeCampagne,
    TourCampagne,
)
from gradin.domain.appariement.calendrier import HORS_PLATEFORME, Etape
from gradin.queries.appariement.tours import NOMS, current_tour, list_tours


@dataclass(frozen=True, slots=True, kw_only=True)
class DateAppariement:
    """One window or hour of a round; `sequence` counts the changes of its calendar."""

    cle: str
    titre: str
    debut: datetime
    fin: datetime
    tour: TourCampagne
    sequence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Prochaine:
    """What a candidate has to do or to wait for in his campaign."""

    campagne: int
    intitule: str
    tour: str
    mots: str
    jusque: datetime
    fuseau: str


def list_dates(semestre: int, ou: Q) -> Iterator[DateAppariement]:
    """`ou`: conditions on the subdivision of the campaign."""
    rows = TourCampagne.objects.filter(
        campagne__semestre=semestre, campagne__in=_campagnes_of(ou)
    ).select_related("campagne__subdivision")
    changes = _count_changes(semestre)
    for row in rows:
        for nom, mot, debut, fin in _windows(row):
            yield DateAppariement(
                cle=f"appariement-{row.pk}-{nom}",
                titre=f"{row.campagne.intitule}\u00a0: {mot}, {NOMS[row.numero].lower()}",
                debut=debut,
                fin=fin,
                tour=row,
                sequence=changes[(row.campagne_id, row.numero)],
            )


def list_next(interne: int, maintenant: datetime) -> tuple[Prochaine, ...]:
    """Of each campaign whose round on the platform is not over."""
    rows = Candidature.objects.filter(interne=interne).select_related("campagne__subdivision")
    lues = []
    for row in rows:
        tour = current_tour(list_tours(row.campagne_id, maintenant))
        if tour is None or tour.etape is Etape.FINI or tour.hors_plateforme:
            continue
        f = tour.fenetres
        mots, jusque = {
            Etape.A_VENIR: ("Les vœux ouvrent", f.voeux_ouvre),
            Etape.VOEUX: ("Notez vos sites, jusqu’à", f.voeux_clot),
            Etape.RESULTAT: ("Votre résultat est là. Il se refuse jusqu’à", f.refus_jusque),
        }.get(tour.etape, ("Vous lirez votre résultat", f.resultat_at))
        lues.append(
            Prochaine(
                campagne=row.campagne_id,
                intitule=row.campagne.intitule,
                tour=tour.nom,
                mots=mots,
                jusque=jusque,
                fuseau=row.campagne.subdivision.fuseau,
            )
        )
    return tuple(lues)


def _windows(row: TourCampagne) -> Iterator[tuple[str, str, datetime, datetime]]:
    if row.numero == HORS_PLATEFORME:
        yield "accords", "accords", row.voeux_ouvre, row.voeux_clot
        return
    yield "voeux", "vœux", row.voeux_ouvre, row.voeux_clot
    if row.campagne.mode != ModeCampagne.RANG:
        yield "classement", "classements des sites", row.classement_ouvre, row.classement_clot
    yield "resultat", "résultat, puis refus possible", row.resultat_at, row.refus_jusque


def _campagnes_of(ou: Q) -> QuerySet[CampagneAppariement]:
    return CampagneAppariement.objects.filter(ou)


def _count_changes(semestre: int) -> Counter[tuple[int, int]]:
    rows = ActeAppariement.objects.filter(campagne__semestre=semestre, acte="calendrier")
    return Counter(
        (campagne, details["tour"]) for campagne, details in rows.values_list("campagne", "details")
    )
