"""A running amphi of today's hour, and the browsers of its internes."""

from collections.abc import Callable

import pytest
from django.test import Client

from gradin.data.amphis.models import Amphi
from gradin.live.temps import maintenant_ms
from tests.factories.amphis import compte_of, make_amphi
from tests.factories.live import start

ClientOf = Callable[[int], Client]


@pytest.fixture
def amphi() -> Amphi:
    """Three internes, four postes, the fourth reserved for a DES that nobody prepares; rank 1 chooses."""
    debut = maintenant_ms()
    amphi = make_amphi(internes=3, postes=4, reserves={"4": ["999"]}, debut=debut)
    start(amphi, debut)
    amphi.refresh_from_db()
    return amphi


@pytest.fixture
def client_of(amphi: Amphi) -> ClientOf:
    def sign_in(rang: int) -> Client:
        client = Client()
        client.force_login(
            compte_of(amphi, rang), backend="allauth.account.auth_backends.AuthenticationBackend"
        )
        return client

    return sign_in
