"""Questions of the day: those of one interne with their answers, and the agent's queue."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from gradin.data.amphis.models import EtatAmphi
from gradin.data.demandes.models import Question

DERNIERES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionLue:
    """One question. Instants in ms UTC; `attente_s`: since it was asked, while nobody has answered.

    `par_mandataire`: somebody else wrote it in the interne's place.
    """

    pk: int
    amphi: int
    intitule: str
    fuseau: str
    interne: int
    rang: int
    nom: str
    telephone: str
    par_mandataire: bool
    texte: str
    asked_at: int
    attente_s: int
    reponse: str
    answered_at: int | None

    @property
    def attend(self) -> bool:
        return self.answered_at is None


def own_questions(amphi: int, numero: int, auteur: int | None, maintenant: int) -> tuple[QuestionLue, ...]:
    """The last ones that he asked himself about this interne, the newest first."""
    rows = _rows().filter(amphi=amphi, place__numero=numero, auteur=auteur).order_by("-asked_at", "-pk")
    return tuple(_read(row, maintenant) for row in rows[:DERNIERES])


def waiting_questions(amphis: Iterable[int], maintenant: int) -> tuple[QuestionLue, ...]:
    """What waits for an answer in these amphis while they run, the oldest first."""
    rows = _rows().filter(
        amphi__in=[*amphis], amphi__etat__in=(EtatAmphi.EN_COURS, EtatAmphi.PAUSE), answered_at=None
    )
    return tuple(_read(row, maintenant) for row in rows)


def answered_questions(amphi: int, maintenant: int) -> tuple[QuestionLue, ...]:
    rows = _rows().filter(amphi=amphi).exclude(answered_at=None).order_by("-answered_at")
    return tuple(_read(row, maintenant) for row in rows[:DERNIERES])


def _rows() -> QuerySet[Question]:
    return Question.objects.select_related("place__inscription__interne", "amphi__subdivision")


def _read(row: Question, maintenant: int) -> QuestionLue:
    interne = row.place.inscription.interne
    return QuestionLue(
        pk=row.pk,
        amphi=row.amphi_id,
        intitule=row.amphi.intitule,
        fuseau=row.amphi.subdivision.fuseau,
        interne=row.place.numero or 0,
        rang=row.place.rang or 0,
        nom=f"{interne.prenom} {interne.nom}",
        telephone=interne.telephone,
        par_mandataire=row.auteur_id != interne.compte_id,
        texte=row.texte,
        asked_at=row.asked_at,
        attente_s=max(0, (maintenant - row.asked_at) // 1000),
        reponse=row.reponse,
        answered_at=row.answered_at,
    )
