"""The lines of a parcours: those stored, and the affectation that has not reached it yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from gradin.data.amphis.models import Affectation
from gradin.data.internes.models import Inscription
from gradin.data.parcours.models import LigneParcours
from gradin.domain.parcours.anciennete import (
    AncienneteCalculee,
    Comptage,
    compute_parcours,
    semestres_since,
)
from gradin.domain.parcours.modele import EtatSemestre, SemestreVecu, Situation, Source
from gradin.domain.rang.semestre import parse_semestre
from gradin.queries.parcours.affectations import LIES, lines_of
from gradin.queries.profils import last_inscription

LIEES = ("semestre", "service__etablissement", "des")
# Unsaved lines have no date to show.
JAMAIS = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneLue:
    """One semester as its owner, his faculty and the ARS read it. `pk` None: not written yet."""

    pk: int | None
    semestre: str
    libelle: str
    situation: str
    situation_dite: str
    etat: str
    etat_dit: str
    source: str
    source_dite: str
    phase: str
    service: str
    imotep: str
    lieu: str
    details: str
    des: str
    agrement: str
    motif: str
    sauve: bool
    comptage: str
    manque: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcoursLu:
    """`pour`: the semester one chooses now. `lignes` holds the gaps too, the latest first."""

    pour: str
    libelle: str
    promotion: int
    lignes: tuple[LigneLue, ...]
    calcule: AncienneteCalculee
    manques: tuple[str, ...]


def read_parcours(interne: int) -> ParcoursLu | None:
    """None for whoever is on no roster."""
    inscription = last_inscription(interne)
    if inscription is None:
        return None
    pour = inscription.semestre.code
    rows = list_rows(interne)
    calcule = compute_parcours([vecu_of(row) for row in rows], pour)
    comptages = {ligne.vecu.semestre: ligne.comptage.value for ligne in calcule.lignes}
    connus = {row.semestre.code for row in rows}
    manques = tuple(code for code in semestres_since(inscription.promotion, pour) if code not in connus)
    lues = [read_ligne(row, comptages.get(row.semestre.code, "")) for row in rows]
    lues += [_missing(code) for code in manques]
    return ParcoursLu(
        pour=pour,
        libelle=parse_semestre(pour).libelle,
        promotion=inscription.promotion,
        lignes=tuple(sorted(lues, key=lambda lue: lue.semestre, reverse=True)),
        calcule=calcule,
        manques=manques,
    )


def list_rows(interne: int) -> list[LigneParcours]:
    """Stored lines, then standing affectations whose semester has none."""
    rows = list(LigneParcours.objects.filter(interne=interne).select_related(*LIEES))
    connus = {row.semestre_id for row in rows}
    neuves = Affectation.objects.filter(interne=interne, annulee=False).exclude(semestre__in=connus)
    return rows + lines_of(neuves.select_related(*LIES), JAMAIS)


def vecu_of(row: LigneParcours) -> SemestreVecu:
    return SemestreVecu(
        semestre=row.semestre.code,
        situation=Situation(row.situation),
        etat=EtatSemestre(row.etat),
        source=Source(row.source),
        sauve=row.sauve,
    )


def compute_for(inscriptions: Collection[Inscription]) -> dict[int, AncienneteCalculee]:
    """By inscription, of those with at least one line before their semestre; one query for a whole list."""
    rows = LigneParcours.objects.filter(interne__in=[une.interne_id for une in inscriptions])
    lignes: dict[int, list[SemestreVecu]] = defaultdict(list)
    for row in rows.select_related("semestre"):
        lignes[row.interne_id].append(vecu_of(row))
    calcules = {
        une.pk: compute_parcours(lignes[une.interne_id], une.semestre.code)
        for une in inscriptions
        if une.interne_id in lignes
    }
    return {pk: un for pk, un in calcules.items() if un.lignes}


def read_ligne(row: LigneParcours, comptage: str = "") -> LigneLue:
    service = row.service
    return LigneLue(
        pk=row.pk,
        semestre=row.semestre.code,
        libelle=parse_semestre(row.semestre.code).libelle,
        situation=row.situation,
        situation_dite=row.get_situation_display(),
        etat=row.etat,
        etat_dit=row.get_etat_display(),
        source=row.source,
        source_dite=row.get_source_display(),
        phase=row.get_phase_display() if row.phase else "",
        service=service.nom if service else "",
        imotep=service.imotep if service else "",
        lieu=str(service.etablissement) if service else row.lieu,
        details=row.details,
        des=row.des.intitule if row.des else "",
        agrement=row.get_agrement_display() if row.agrement else "",
        motif=row.motif,
        sauve=row.sauve,
        comptage=comptage,
    )


def _missing(code: str) -> LigneLue:
    return LigneLue(
        pk=None,
        semestre=code,
        libelle=parse_semestre(code).libelle,
        situation="",
        situation_dite="Rien n’est connu",
        etat="",
        etat_dit="",
        source="",
        source_dite="",
        phase="",
        service="",
        imotep="",
        lieu="",
        details="",
        des="",
        agrement="",
        motif="",
        sauve=False,
        comptage=Comptage.NON.value,
        manque=True,
    )
