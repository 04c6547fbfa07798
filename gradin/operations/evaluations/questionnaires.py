"""Writing what is asked: a version that somebody has begun to answer is frozen, the next one replaces it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from gradin.data.evaluations.models import Questionnaire
from gradin.data.referentiel.models import Specialite
from gradin.domain.evaluations.questionnaire import (
    Question,
    QuestionnaireInvalide,
    check_questions,
    write_questions,
)
from gradin.operations.evaluations.refus import EvaluationRefusee
from gradin.operations.permissions_evaluations import check_can_write_questionnaire
from gradin.queries.visiteurs import Visiteur


@transaction.atomic
def write_questionnaire(
    visiteur: Visiteur, code: str, questions: Sequence[Question], maintenant: datetime
) -> int:
    """`code` of a DES, empty for all; gives back the version. Raises EvaluationRefusee, Interdit."""
    des = Specialite.objects.filter(code_des=code).first() if code else None
    if code and des is None:
        raise EvaluationRefusee("Ce DES n’est pas connu ici.")
    check_can_write_questionnaire(visiteur, des)
    try:
        check_questions(questions)
    except QuestionnaireInvalide as faute:
        raise EvaluationRefusee(faute.message) from None
    contenu = write_questions(questions)
    row = Questionnaire.objects.filter(des=des).order_by("-version").first()
    if row is None or (row.contenu != contenu and is_frozen(row)):
        row = Questionnaire(des=des, version=row.version + 1 if row else 1)
    elif row.contenu == contenu:
        return row.version
    row.contenu, row.auteur, row.created_at = contenu, visiteur.courriel, maintenant
    row.save()
    return row.version


def is_frozen(questionnaire: Questionnaire) -> bool:
    return questionnaire.reponses.exists() or questionnaire.brouillons.exists()
