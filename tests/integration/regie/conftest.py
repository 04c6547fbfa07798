"""A running amphi and the agents in front of it."""

from collections.abc import Callable

import pytest
from django.test import Client

from gradin.data.amphis.models import Amphi
from gradin.data.comptes.models import Compte
from gradin.live.temps import maintenant_ms
from tests.factories.amphis import make_amphi
from tests.factories.comptes import make_agent
from tests.factories.live import alive, start

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
AgentClient = Callable[[str], Client]


@pytest.fixture
def amphi() -> Amphi:
    """Three internes, four postes, rank 1 chooses since this instant."""
    debut = maintenant_ms()
    amphi = make_amphi(internes=3, postes=4, reserves={"4": ["999"]}, debut=debut)
    start(amphi, debut)
    alive(debut)
    amphi.refresh_from_db()
    return amphi


@pytest.fixture
def agent_client(amphi: Amphi) -> AgentClient:
    def sign_in(courriel: str = "agent@ars.example") -> Client:
        make_agent(amphi.subdivision, courriel)
        client = Client()
        client.force_login(Compte.objects.get(email=courriel), backend=BACKEND)
        return client

    return sign_in


@pytest.fixture
def agent(agent_client: AgentClient) -> Client:
    return agent_client("agent@ars.example")
