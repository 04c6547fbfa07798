"""The questionnaires as the ARS and the representatives write them."""

from __future__ import annotations

from dataclasses import dataclass

from gradin.data.evaluations.models import Questionnaire
from gradin.data.internes.models import Inscription
from gradin.data.referentiel.models import Specialite
from gradin.domain.evaluations.questionnaire import Question, read_questions

GENERAL = "general"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionnaireLu:
    """`code`: of the DES, or « general ». `version` 0: not written. `fige`: somebody has begun to answer."""

    code: str
    intitule: str
    version: int
    fige: bool
    questions: tuple[Question, ...]


def list_questionnaires() -> tuple[QuestionnaireLu, ...]:
    """The general one, then those of the DES that have one, then the DES that choose here without one."""
    ecrits: dict[int | None, Questionnaire] = {}
    for row in Questionnaire.objects.select_related("des").order_by("version"):
        ecrits[row.des_id] = row
    presents = Inscription.objects.order_by().values_list("des", flat=True).distinct()
    des = Specialite.objects.filter(pk__in={*presents, *(pk for pk in ecrits if pk)})
    lus = [_read(une, ecrits.get(une.pk)) for une in des]
    return _read(None, ecrits.get(None)), *sorted(lus, key=lambda lu: (not lu.version, lu.intitule))


def find_questionnaire(code: str) -> QuestionnaireLu | None:
    des = None if code == GENERAL else Specialite.objects.filter(code_des=code).first()
    if des is None and code != GENERAL:
        return None
    return _read(des, Questionnaire.objects.filter(des=des).order_by("-version").first())


def find_des(code: str) -> Specialite | None:
    return Specialite.objects.filter(code_des=code).first()


def _read(des: Specialite | None, row: Questionnaire | None) -> QuestionnaireLu:
    return QuestionnaireLu(
        code=des.code_des if des else GENERAL,
        intitule=des.intitule if des else "Questionnaire général",
        version=row.version if row else 0,
        fige=row is not None and (row.reponses.exists() or row.brouillons.exists()),
        questions=read_questions(row.contenu) if row else (),
    )
