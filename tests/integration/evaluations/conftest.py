"""A service where seven internes were, another where three were; a questionnaire; a campaign that is open."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from gradin.data.amphis.models import Affectation, Amphi, Place
from gradin.data.evaluations.models import CampagneEvaluation, Questionnaire
from gradin.domain.evaluations.questionnaire import GenreQuestion, Question, write_questions
from gradin.operations.evaluations.reponses import send_evaluation
from tests.factories.amphis import make_amphi
from tests.factories.referentiel import make_semestre

NOTE = Question(intitule="Encadrement", genre=GenreQuestion.ECHELLE)
GARDES = Question(intitule="Gardes", genre=GenreQuestion.OUI_NON)
MOT = Question(intitule="À savoir", genre=GenreQuestion.TEXTE)
SEPT, TROIS = "75000001", "75000002"


def now() -> datetime:
    return datetime.now(UTC)


def make_stages() -> Amphi:
    """Ranks 1 to 7 were in the first service, 8 to 10 in the second."""
    amphi = make_amphi(internes=10, postes=10)
    Questionnaire.objects.create(version=1, contenu=write_questions((NOTE, GARDES, MOT)), created_at=now())
    premier, second = (amphi.postes.get(numero=numero).service for numero in ("1", "2"))
    for place in Place.objects.filter(amphi=amphi).select_related("inscription"):
        poste = amphi.postes.get(numero=str(place.rang))
        poste.service = premier if place.rang <= 7 else second
        poste.save()
        Affectation.objects.create(
            interne_id=place.inscription.interne_id,
            semestre=make_semestre(),
            poste=poste,
            type_choix="classique",
            chosen_at=0,
        )
    CampagneEvaluation.objects.create(
        semestre=make_semestre(),
        subdivision=amphi.subdivision,
        ouvre_at=now() - timedelta(days=1),
        ferme_at=now() + timedelta(days=1),
    )
    return amphi


def stage_of(amphi: Amphi, rang: int) -> Affectation:
    return Affectation.objects.get(interne__inscriptions__places__amphi=amphi, poste__numero=str(rang))


def answer(amphi: Amphi, rang: int, note: str, mot: str = "", **dites: Any) -> None:
    """Keys are drawn downwards: whoever sorts by them reads the answers the wrong way round."""
    stage = stage_of(amphi, rang)
    tout = {NOTE.cle: note, GARDES.cle: "Oui", MOT.cle: mot, **dites}
    cles = count(10_000_000 - 100 * rang - 1_000 * len(mot), -1)
    send_evaluation(stage.interne_id, stage.pk, tout, now(), lambda: next(cles))


def close() -> None:
    CampagneEvaluation.objects.update(
        ouvre_at=now() - timedelta(days=2), ferme_at=now() - timedelta(seconds=1)
    )
