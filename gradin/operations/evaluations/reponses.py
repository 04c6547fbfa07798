"""An interne evaluates his stage: kept as he goes, sent once, and from then on nobody's.

When it is sent, three things are written that nothing must join: that he has answered, what he answered, his
comments. A drawn primary key hides their order, and the few rows of his service and semester are written
again together: on PostgreSQL too, where a row knows which transaction wrote it, they all share the last one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from gradin.data.amphis.models import Affectation
from gradin.data.evaluations.models import (
    BrouillonEvaluation,
    CampagneEvaluation,
    Commentaire,
    Participation,
    ReponseAnonyme,
)
from gradin.domain.evaluations.questionnaire import (
    GenreQuestion,
    Question,
    keep_reponses,
    list_missing,
    read_questions,
)
from gradin.operations.evaluations.refus import EvaluationRefusee
from gradin.queries.evaluations.miennes import campagne_of, find_stage, questionnaire_of

# Gives a number nobody can guess: the primary keys.
Tirage = Callable[[], int]


@transaction.atomic
def keep_brouillon(interne: int, affectation: int, dites: Mapping[str, str], maintenant: datetime) -> int:
    """What is filled in so far; gives back how many answers. Raises EvaluationRefusee."""
    brouillon = _brouillon(interne, affectation, maintenant)
    brouillon.reponses = keep_reponses(_questions(brouillon), dites)
    brouillon.save()
    return len(brouillon.reponses)


@transaction.atomic
def send_evaluation(
    interne: int, affectation: int, dites: Mapping[str, str], maintenant: datetime, tirer: Tirage
) -> None:
    """Once, and it cannot be read again. Raises EvaluationRefusee, naming what is missing."""
    brouillon = _brouillon(interne, affectation, maintenant)
    questions = _questions(brouillon)
    reponses = keep_reponses(questions, dites)
    manquent = list_missing(questions, reponses)
    if manquent:
        combien = "une question" if len(manquent) == 1 else f"{len(manquent)} questions"
        raise EvaluationRefusee(f"Il reste {combien}\u00a0: {', '.join(une.intitule for une in manquent)}.")
    stage = brouillon.affectation
    ici = {"campagne": brouillon.campagne, "service": stage.poste.service}
    _rewrite_participations(stage, brouillon.campagne, tirer)
    commun: dict[str, Any] = {
        **ici,
        "questionnaire": brouillon.questionnaire,
        "imotep": stage.poste.service.imotep,
    }
    comptees = {une.cle: reponses[une.cle] for une in _counted(questions) if une.cle in reponses}
    _rewrite(ReponseAnonyme, ici, [ReponseAnonyme(**commun, reponses=comptees)], tirer)
    textes = [
        Commentaire(**commun, question=une.intitule, texte=reponses[une.cle])
        for une in questions
        if une.genre is GenreQuestion.TEXTE and une.cle in reponses
    ]
    _rewrite(Commentaire, ici, textes, tirer)
    BrouillonEvaluation.objects.filter(affectation=stage).delete()


def _brouillon(interne: int, affectation: int, maintenant: datetime) -> BrouillonEvaluation:
    """The one begun, or a new one on the questionnaire in force; the campaign is locked and open."""
    stage = find_stage(interne, affectation)
    campagne = campagne_of(stage) if stage else None
    if stage is None or campagne is None:
        raise EvaluationRefusee("Ce stage ne s’évalue pas ici.")
    # Two answers of one service are written one after the other.
    CampagneEvaluation.objects.select_for_update(of=("self",), no_key=True).get(pk=campagne.pk)
    if Participation.objects.filter(affectation=stage).exists():
        raise EvaluationRefusee("Ce stage est déjà évalué\u00a0: rien n’y change plus.")
    if maintenant < campagne.ouvre_at:
        raise EvaluationRefusee("L’évaluation de ce semestre n’est pas encore ouverte. L’ARS vous écrira.")
    if maintenant >= campagne.ferme_at:
        raise EvaluationRefusee("L’évaluation de ce semestre est fermée.")
    commence = BrouillonEvaluation.objects.filter(affectation=stage).select_related("questionnaire").first()
    if commence is not None:
        commence.affectation, commence.campagne = stage, campagne
        return commence
    questionnaire = questionnaire_of(stage)
    if questionnaire is None:
        raise EvaluationRefusee("Aucun questionnaire n’est encore écrit. L’ARS le prépare.")
    return BrouillonEvaluation(affectation=stage, campagne=campagne, questionnaire=questionnaire)


def _questions(brouillon: BrouillonEvaluation) -> tuple[Question, ...]:
    return read_questions(brouillon.questionnaire.contenu)


def _counted(questions: Iterable[Question]) -> Iterable[Question]:
    return (une for une in questions if une.genre is not GenreQuestion.TEXTE)


def _rewrite_participations(stage: Affectation, campagne: CampagneEvaluation, tirer: Tirage) -> None:
    """Of those who were in the same service: who came last is not to be seen."""
    ici = {"campagne": campagne, "affectation__poste__service": stage.poste.service_id}
    _rewrite(Participation, ici, [Participation(campagne=campagne, affectation=stage)], tirer)


def _rewrite(modele: Any, ici: Mapping[str, Any], neuves: list[Any], tirer: Tirage) -> None:
    rows = [*modele.objects.filter(**ici), *neuves]
    modele.objects.filter(pk__in=[row.pk for row in rows if row.pk]).delete()
    for row in rows:
        row.pk = tirer()
    modele.objects.bulk_create(sorted(rows, key=lambda row: int(row.pk)))
