"""An open amphi of three services: A (postes 1, 2, 3), B (4), C (5, 6); the page of rank 1."""

from collections.abc import Callable

import pytest
from django.test import Client

from gradin.data.amphis.models import Amphi
from gradin.data.postes.models import Poste
from tests.factories.amphis import compte_of, make_amphi
from tests.factories.referentiel import make_services

A, B, C = "75000001", "75000004", "75000005"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
Page = Callable[..., str]


@pytest.fixture
def amphi(db: None) -> Amphi:
    amphi = make_amphi(internes=3, postes=6)
    services = {service.imotep: service for service in make_services(["1", "4", "5"])}
    Poste.objects.filter(numero__in=("2", "3")).update(service=services[A])
    Poste.objects.filter(numero="6").update(service=services[C])
    return amphi


@pytest.fixture
def moi(amphi: Amphi) -> Client:
    return sign_in(amphi, 1)


def sign_in(amphi: Amphi, rang: int) -> Client:
    client = Client()
    client.force_login(compte_of(amphi, rang), backend=BACKEND)
    return client


@pytest.fixture
def faire(moi: Client) -> Page:
    """One gesture by the plain form, and the page that follows."""

    def faire(geste: str, **champs: str) -> str:
        reponse = moi.post("/mon-amphi/favoris/", {"geste": geste, **champs}, follow=True)
        assert reponse.status_code == 200
        return reponse.content.decode()

    return faire


@pytest.fixture
def ordre(moi: Client, amphi: Amphi) -> Callable[[], list[str]]:
    """The postes in the order that the page shows, which is the API's too."""

    def ordre() -> list[str]:
        mes = moi.get("/mon-amphi/favoris/").context["mes"]
        return [poste.numero for service in mes.services for poste in service.postes]

    return ordre
