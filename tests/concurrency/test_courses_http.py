"""The embedded store has one server: client processes race for one poste over HTTP."""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import UTC, datetime

import pytest

from gradin.data.amphis.models import Affectation, Amphi, Fait
from gradin.live.temps import maintenant_ms
from gradin.operations.comptes.jetons import create_jetons
from tests.ampleur import times
from tests.concurrency.client import Client
from tests.factories.amphis import compte_of, make_amphi
from tests.factories.live import start
from tests.serveur import Serveur, running

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]

COURSES = times(100)
SANS_ABSENCE = {"delai_absence_ms": 3_600_000, "duree_tour_ms": 3_600_000}


@pytest.fixture
def serveur() -> Iterator[Serveur]:
    with running() as serveur:
        yield serveur


@pytest.fixture
def clients(serveur: Serveur) -> Iterator[list[Client]]:
    with ExitStack() as stack:
        yield [stack.enter_context(closing(Client(serveur.url))) for _ in range(3)]


def started(internes: int) -> tuple[Amphi, list[str]]:
    """The amphi, and the token of each rank."""
    maintenant = maintenant_ms()
    amphi = make_amphi(internes=internes, postes=internes, parametres=SANS_ABSENCE, debut=maintenant)
    start(amphi, maintenant)
    comptes = [compte_of(amphi, rang).pk for rang in range(1, internes + 1)]
    create_jetons(
        secrets={compte: f"jeton-{compte}" for compte in comptes},
        maintenant=datetime.fromtimestamp(maintenant / 1000, UTC),
    )
    return amphi, [f"jeton-{compte}" for compte in comptes]


def test_three_clients_race_for_each_poste(serveur: Serveur, clients: list[Client]) -> None:
    """The one choosing in two tabs, and the next one who does not wait for his tour."""
    amphi, jetons = started(COURSES + 1)
    chemin = f"/api/v1/amphis/{amphi.pk}/choix"
    for tour in range(1, COURSES + 1):
        corps = {"poste": str(tour), "tour": tour, "vu": 3}
        clients[0].post(chemin, corps, jetons[tour - 1], f"{tour}-onglet-1")
        clients[1].post(chemin, corps, jetons[tour - 1], f"{tour}-onglet-2")
        clients[2].post(chemin, corps, jetons[tour], f"{tour}-suivant")
        answers = [client.answer() for client in clients]
        assert sorted(statut for statut, _ in answers) == [201, 409, 409], answers
        assert answers[2][0] == 409
    assert Affectation.objects.count() == COURSES
    assert Affectation.objects.values("poste").distinct().count() == COURSES


def test_one_click_sent_fifty_times_is_one_choice(serveur: Serveur, clients: list[Client]) -> None:
    amphi, jetons = started(2)
    chemin = f"/api/v1/amphis/{amphi.pk}/choix"
    for i in range(51):
        clients[i % 3].post(chemin, {"poste": "1", "tour": 1, "vu": 3}, jetons[0], "un seul clic")
    answers = [clients[i % 3].answer() for i in range(51)]
    assert sorted(statut for statut, _ in answers) == [200] * 50 + [201]
    assert all(corps == answers[0][1] for _, corps in answers)
    assert Fait.objects.filter(fait="ChoixConfirme").count() == 1
    clients[0].post(chemin, {"poste": "2", "tour": 1, "vu": 3}, jetons[0], "un seul clic")
    statut, corps = clients[0].answer()
    assert (statut, corps["motif"]) == (409, "cle_deja_utilisee")
