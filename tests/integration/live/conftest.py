"""A started amphi, a real server over it, and who may ask it."""

import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from gradin.data.amphis.models import Amphi
from gradin.data.comptes.models import Compte
from gradin.live.temps import maintenant_ms
from gradin.operations.comptes.jetons import create_jeton
from tests.factories.amphis import compte_of, make_amphi
from tests.factories.comptes import make_agent
from tests.factories.live import start
from tests.flux import LIMITE_S
from tests.serveur import Serveur, running


def bearer_of(compte: Compte | int) -> dict[str, str]:
    secret = secrets.token_urlsafe(32)
    pk = compte if isinstance(compte, int) else compte.pk
    create_jeton(compte=pk, secret=secret, maintenant=datetime.now(UTC))
    return {"Authorization": f"Bearer {secret}"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """An amphi of twelve internes and its server."""

    amphi: Amphi
    serveur: Serveur

    def bearer(self, rang: int) -> dict[str, str]:
        return bearer_of(compte_of(self.amphi, rang))

    def agent(self) -> dict[str, str]:
        agent = make_agent(self.amphi.subdivision)
        assert agent.compte is not None
        return bearer_of(agent.compte)

    def url(self, suite: str = "") -> str:
        return f"{self.serveur.url}/api/v1/amphis/{self.amphi.pk}{suite}"

    def snapshot(self) -> dict[str, Any]:
        return dict(httpx.get(self.url()).json())

    def choose(self, rang: int, poste: str) -> httpx.Response:
        vue = self.snapshot()
        corps = {"poste": poste, "tour": vue["tour"]["tour"], "vu": vue["seq"]}
        entetes = {**self.bearer(rang), "Idempotency-Key": secrets.token_hex(8)}
        reponse = httpx.post(self.url("/choix"), json=corps, headers=entetes)
        assert reponse.status_code == 201, reponse.text
        return reponse

    def act(self, agent: dict[str, str], **commande: object) -> httpx.Response:
        entetes = {**agent, "Idempotency-Key": secrets.token_hex(8)}
        corps = {"vu": self.snapshot()["seq"], **commande}
        reponse = httpx.post(self.url("/commandes"), json=corps, headers=entetes)
        assert reponse.status_code == 201, reponse.text
        return reponse

    def wait_for(self, condition: Callable[[], bool], limite_s: float = LIMITE_S) -> None:
        fin = time.monotonic() + limite_s
        while not condition():
            assert time.monotonic() < fin, "it never happened"
            time.sleep(0.05)


@pytest.fixture
def amphi(transactional_db: None) -> Amphi:
    """Nobody is judged absent: these tests are about the wire."""
    debut = maintenant_ms()
    amphi = make_amphi(internes=12, postes=14, parametres={"delai_absence_ms": 80_000}, debut=debut)
    start(amphi, debut)
    return amphi


@pytest.fixture(scope="module")
def serveur(django_db_setup: None) -> Iterator[Serveur]:
    """One for all the tests of a module: each has its own amphi."""
    with running() as serveur:
        yield serveur


@pytest.fixture
def scene(amphi: Amphi, serveur: Serveur) -> Scene:
    return Scene(amphi=amphi, serveur=serveur)
