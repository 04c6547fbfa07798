"""What an interne has to evaluate, and the questionnaire of one stage."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from gradin.data.amphis.models import Affectation
from gradin.data.evaluations.models import (
    BrouillonEvaluation,
    CampagneEvaluation,
    Participation,
    Questionnaire,
)
from gradin.data.internes.models import Inscription
from gradin.domain.evaluations.questionnaire import Question, read_questions
from gradin.domain.rang.semestre import parse_semestre

LIES = ("poste__service__etablissement", "semestre", "poste__subdivision")


@dataclass(frozen=True, slots=True, kw_only=True)
class StageAEvaluer:
    """`etat`: `a_faire`, `commencee`, `envoyee`, `a_venir` or `fermee`."""

    pk: int
    semestre: str
    service: str
    imotep: str
    etablissement: str
    etat: str
    ouvre: datetime
    ferme: datetime
    fuseau: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MonEvaluation:
    """`reponses`: what is filled in so far, by key of question."""

    stage: StageAEvaluer
    questions: tuple[Question, ...]
    reponses: Mapping[str, str]


def find_stage(interne: int, affectation: int) -> Affectation | None:
    rows = Affectation.objects.filter(pk=affectation, interne=interne, annulee=False)
    return rows.select_related(*LIES).first()


def campagne_of(stage: Affectation) -> CampagneEvaluation | None:
    rows = CampagneEvaluation.objects.filter(
        semestre=stage.semestre_id, subdivision=stage.poste.subdivision_id
    )
    return rows.first()


def questionnaire_of(stage: Affectation) -> Questionnaire | None:
    """The latest of the interne's DES; of all when his DES has none."""
    return questionnaires_of([stage]).get(stage.pk)


def questionnaires_of(stages: Collection[Affectation]) -> dict[int, Questionnaire]:
    """By stage of one semester, those that have one; two queries, however many they are."""
    inscrits = Inscription.objects.filter(
        interne__in={stage.interne_id for stage in stages},
        semestre__in={stage.semestre_id for stage in stages},
    )
    inscriptions = dict(inscrits.values_list("interne", "des"))
    des = {stage.pk: inscriptions.get(stage.interne_id, stage.poste.des_id) for stage in stages}
    derniers: dict[int | None, Questionnaire] = {
        row.des_id: row
        for row in Questionnaire.objects.filter(Q(des__in=set(des.values())) | Q(des=None)).order_by(
            "version"
        )
    }
    trouves = {pk: derniers.get(sien) or derniers.get(None) for pk, sien in des.items()}
    return {pk: row for pk, row in trouves.items() if row is not None}


def list_stages(interne: int, maintenant: datetime) -> tuple[StageAEvaluer, ...]:
    """The latest semester first; those whose campaign nobody has opened are left out."""
    stages = Affectation.objects.filter(interne=interne, annulee=False).select_related(*LIES)
    lus = (_read(stage, maintenant) for stage in stages.order_by("-semestre__code"))
    return tuple(lu for lu in lus if lu is not None)


def read_evaluation(interne: int, affectation: int, maintenant: datetime) -> MonEvaluation | None:
    stage = find_stage(interne, affectation)
    lu = _read(stage, maintenant) if stage else None
    if stage is None or lu is None:
        return None
    brouillon = BrouillonEvaluation.objects.filter(affectation=stage).select_related("questionnaire").first()
    questionnaire = brouillon.questionnaire if brouillon else questionnaire_of(stage)
    return MonEvaluation(
        stage=lu,
        questions=read_questions(questionnaire.contenu) if questionnaire else (),
        reponses=brouillon.reponses if brouillon else {},
    )


def _read(stage: Affectation, maintenant: datetime) -> StageAEvaluer | None:
    campagne = campagne_of(stage)
    if campagne is None:
        return None
    service = stage.poste.service
    return StageAEvaluer(
        pk=stage.pk,
        semestre=parse_semestre(stage.semestre.code).libelle,
        service=service.nom,
        imotep=service.imotep,
        etablissement=service.etablissement.nom,
        etat=_state(stage, campagne, maintenant),
        ouvre=campagne.ouvre_at,
        ferme=campagne.ferme_at,
        fuseau=stage.poste.subdivision.fuseau,
    )


def _state(stage: Affectation, campagne: CampagneEvaluation, maintenant: datetime) -> str:
    if Participation.objects.filter(affectation=stage).exists():
        return "envoyee"
    if maintenant < campagne.ouvre_at:
        return "a_venir"
    if maintenant >= campagne.ferme_at:
        return "fermee"
    return "commencee" if BrouillonEvaluation.objects.filter(affectation=stage).exists() else "a_faire"
