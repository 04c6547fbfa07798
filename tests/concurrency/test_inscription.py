"""Two clicks on one sign-up link at once: one account, and the second click is told clearly (both stores)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from threading import Barrier, Thread
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.db import connections
from django.db.models import QuerySet

from gradin.data.comptes.models import Compte
from gradin.data.courriers.models import Envoi
from gradin.data.internes.models import Interne
from gradin.data.profils.models import DemandeInscription
from gradin.operations.comptes import finalisation
from gradin.operations.comptes.demandes import invite_interne
from gradin.operations.comptes.finalisation import FINI, Finalisation, finish_inscription
from gradin.operations.comptes.refus import CompteRefuse
from tests.factories.comptes import make_agent
from tests.factories.roster import make_inscrit

pytestmark = pytest.mark.django_db(transaction=True)
MAINTENANT = datetime(2027, 4, 5, 7, tzinfo=UTC)
SECRET = "un-secret-de-vingt-quatre-octets"


@pytest.fixture
def lien() -> str:
    inscription = make_inscrit("Aubert", ne_le=date(1999, 3, 14))
    agent = make_agent(inscription.subdivision)
    invite_interne(inscription.interne_id, "camille@exemple.fr", agent, secret=SECRET, maintenant=MAINTENANT)
    texte = Envoi.objects.get().texte
    return texte.partition("/inscription/finaliser/")[2].partition("/\n")[0]


@pytest.fixture
def both_read_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither click writes before the other has read the link as good."""
    rendez_vous, finish = Barrier(2, timeout=60), finalisation._finish

    def wait_then_finish(*args: Any, **kwargs: Any) -> str:
        rendez_vous.wait()
        return finish(*args, **kwargs)

    monkeypatch.setattr(finalisation, "_finish", wait_then_finish)


@pytest.fixture
def without_the_condition(monkeypatch: pytest.MonkeyPatch) -> None:
    """The link is marked as used whatever it was."""
    update = QuerySet.update

    def blind(self: QuerySet[Any], **champs: Any) -> int:
        marque = self.model is DemandeInscription and "lien_used_at" in champs
        return update(DemandeInscription.objects.all() if marque else self, **champs)

    monkeypatch.setattr(QuerySet, "update", blind)


def click(lien: str, numero: int, answers: list[str]) -> None:
    saisie = Finalisation(
        mot_de_passe=make_password(f"phrase numéro {numero}"),
        ne_le=date(1999, 3, 14),
        telephone="0612345678",
        adresse="4, rue du Stade",
        ufr=None,
        question="Ville de l’école\u202f?",
        reponse=make_password("nimes"),
    )
    try:
        answers.append(finish_inscription(lien, saisie, maintenant=MAINTENANT))
    except CompteRefuse as refus:
        answers.append(refus.message)
    finally:
        connections.close_all()


def two_clicks(lien: str) -> Iterator[str]:
    answers: list[str] = []
    fils = [Thread(target=click, args=(lien, numero, answers)) for numero in (1, 2)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    yield from sorted(answers)


def test_two_clicks_open_one_account_and_the_second_is_told(lien: str, both_read_first: None) -> None:
    assert list(two_clicks(lien)) == [FINI, "camille@exemple.fr"]
    compte = Compte.objects.get(email="camille@exemple.fr")
    assert Interne.objects.get(compte=compte).nom == "Aubert"
    assert Envoi.objects.filter(sujet="Votre inscription est confirmée").count() == 1


def test_without_the_condition_both_are_told_that_it_is_done(
    lien: str, both_read_first: None, without_the_condition: None
) -> None:
    assert list(two_clicks(lien)) == ["camille@exemple.fr", "camille@exemple.fr"]
