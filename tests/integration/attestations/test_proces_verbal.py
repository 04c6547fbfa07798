"""The procès-verbal: list, choices, acts with their authors, head of the journal; for the ARS alone."""

from collections.abc import Callable

import pytest
from django.test import Client

from gradin.data.amphis.models import Amphi
from gradin.data.comptes.models import Compte
from gradin.queries.journal import tete
from tests.factories.amphis import compte_of
from tests.factories.comptes import make_agent
from tests.factories.referentiel import make_subdivision
from tests.integration.attestations.conftest import catalog_of, text_of
from tests.integration.attestations.test_verification import correct

pytestmark = pytest.mark.django_db


@pytest.fixture
def enter(client: Client) -> Callable[[int | None], Client]:
    def sign_in(compte: int | None) -> Client:
        client.force_login(
            Compte.objects.get(pk=compte), backend="allauth.account.auth_backends.AuthenticationBackend"
        )
        return client

    return sign_in


def address(amphi: Amphi) -> str:
    return f"/regie/amphis/{amphi.pk}/proces-verbal.pdf"


def test_it_says_the_list_the_choices_the_acts_and_the_head(
    amphi: Amphi, enter: Callable[[int | None], Client]
) -> None:
    correct(amphi)
    client = enter(make_agent(amphi.subdivision).compte)
    pdf = client.get(address(amphi)).content
    page = text_of(pdf)
    seq, empreinte = tete(amphi.pk)
    assert empreinte in page
    assert f"provisoire, arrêté à la ligne n° {seq}" in page
    assert "1 Prénom Interne1 A choisi 3 " in page
    assert "3 Prénom Interne3 À venir" in page
    assert "Choix annulé" in page
    assert "erreur de saisie" in page
    assert "A. Agent et A. Agent" in page
    assert catalog_of(pdf)["/Lang"] == "fr-FR"


def test_it_is_for_agents_of_the_scope(amphi: Amphi, enter: Callable[[int | None], Client]) -> None:
    assert enter(compte_of(amphi, 1).pk).get(address(amphi)).status_code == 403
    elsewhere = make_agent(make_subdivision("LYON", "Lyon"), "lyon@ars.example")
    assert enter(elsewhere.compte).get(address(amphi)).status_code == 404


def test_a_hostile_name_is_text_there_too(amphi: Amphi, enter: Callable[[int | None], Client]) -> None:
    interne = compte_of(amphi, 3).interne
    interne.nom = '#read("/etc/passwd") <b>*x*'
    interne.save()
    client = enter(make_agent(amphi.subdivision).compte)
    page = text_of(client.get(address(amphi)).content).replace(" ", "")
    assert '#read("/etc/passwd")<b>*x*' in page
