"""The campaign of a semester: its dates, how many have answered, groupe by groupe."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from gradin.data.amphis.models import Affectation
from gradin.data.evaluations.models import CampagneEvaluation, Participation
from gradin.data.referentiel.models import Groupe, Semestre, Subdivision
from gradin.domain.rang.semestre import parse_semestre
from gradin.queries.visiteurs import Visiteur


@dataclass(frozen=True, slots=True, kw_only=True)
class LieuEvalue:
    """A semester of a subdivision that has affectations; `cle` as the address holds it."""

    cle: str
    semestre: int
    subdivision: int
    libelle: str
    nom: str
    fuseau: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CampagneLue:
    """`etat`: `a_venir`, `ouverte` or `fermee`."""

    pk: int
    etat: str
    ouvre: datetime
    ferme: datetime
    rappels: tuple[int, ...]
    fuseau: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipationGroupe:
    """`part`: of one hundred."""

    groupe: str
    internes: int
    reponses: int
    part: float


def stages_of(campagne: CampagneEvaluation) -> QuerySet[Affectation]:
    return Affectation.objects.filter(
        semestre=campagne.semestre_id, poste__subdivision=campagne.subdivision_id, annulee=False
    ).order_by("pk")


def list_lieux(visiteur: Visiteur) -> tuple[LieuEvalue, ...]:
    """The latest semester first."""
    subdivisions = {subdivision for subdivision, _ in visiteur.portees | visiteur.suivis}
    rows = Affectation.objects.filter(annulee=False, poste__subdivision__in=subdivisions)
    paires = sorted(set(rows.order_by().values_list("semestre", "poste__subdivision").distinct()))
    semestres = Semestre.objects.in_bulk([semestre for semestre, _ in paires])
    lieux = Subdivision.objects.in_bulk([subdivision for _, subdivision in paires])
    lus = (
        LieuEvalue(
            cle=f"{semestres[semestre].code}/{lieux[subdivision].code}",
            semestre=semestre,
            subdivision=subdivision,
            libelle=parse_semestre(semestres[semestre].code).libelle,
            nom=lieux[subdivision].nom,
            fuseau=lieux[subdivision].fuseau,
        )
        for semestre, subdivision in paires
    )
    return tuple(sorted(lus, key=lambda lieu: lieu.cle, reverse=True))


def find_campagne(semestre: int, subdivision: int, maintenant: datetime) -> CampagneLue | None:
    row = _row(semestre, subdivision)
    if row is None:
        return None
    etat = "a_venir" if maintenant < row.ouvre_at else "ouverte" if maintenant < row.ferme_at else "fermee"
    return CampagneLue(
        pk=row.pk,
        etat=etat,
        ouvre=row.ouvre_at,
        ferme=row.ferme_at,
        rappels=tuple(row.rappels),
        fuseau=row.subdivision.fuseau,
    )


def count_participation(
    visiteur: Visiteur, semestre: int, subdivision: int
) -> tuple[ParticipationGroupe, ...]:
    """By groupe, never by service: there, a figure that moves is somebody."""
    siens = visiteur.portees | visiteur.suivis
    row = _row(semestre, subdivision)
    if row is None:
        return ()
    internes = Counter(stages_of(row).values_list("poste__groupe", flat=True))
    rows = Participation.objects.filter(campagne=row).order_by()
    reponses = Counter(rows.values_list("affectation__poste__groupe", flat=True))
    return tuple(
        ParticipationGroupe(
            groupe=str(groupe),
            internes=internes[groupe.pk],
            reponses=reponses[groupe.pk],
            part=100 * reponses[groupe.pk] / internes[groupe.pk],
        )
        for groupe in Groupe.objects.filter(pk__in=internes)
        if {(subdivision, None), (subdivision, groupe.pk)} & siens
    )


def _row(semestre: int, subdivision: int) -> CampagneEvaluation | None:
    rows = CampagneEvaluation.objects.filter(semestre=semestre, subdivision=subdivision)
    return rows.select_related("subdivision").first()
