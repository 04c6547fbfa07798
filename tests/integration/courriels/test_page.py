"""« Courriels » of the ARS: what left, was refused, waits; its own scope only; one click sends again."""

from datetime import timedelta

import pytest
from django.test import Client

from gradin.data.amphis.models import Amphi
from gradin.data.comptes.models import Compte
from gradin.data.courriers.models import Envoi
from gradin.operations.courriers import Courrier, enqueue
from gradin.operations.courriers.enqueue import instant
from gradin.queries.envois import EtatEnvoi, count_envois, list_envois
from gradin.queries.visiteurs import Visiteur
from gradin.travaux.outbox import DELAIS_S, run_once
from tests.factories.amphis import T0, compte_of, make_amphi
from tests.factories.comptes import make_agent
from tests.factories.live import choose, start
from tests.factories.referentiel import make_subdivision
from tests.integration.courriers.conftest import serveur
from tests.integration.courriers.serveur import Serveur

pytestmark = pytest.mark.django_db
__all__ = ["serveur"]
PAGE = "/gestion/courriels/"


@pytest.fixture
def amphi(db: None) -> Amphi:
    """Ranks 1 and 2 have chosen; their mails wait."""
    amphi = make_amphi()
    start(amphi)
    choose(amphi, 1, "1", T0 + 1_000)
    choose(amphi, 2, "2", T0 + 2_000)
    return amphi


@pytest.fixture
def agent(amphi: Amphi) -> Visiteur:
    return make_agent(amphi.subdivision)


@pytest.fixture
def page(client: Client, agent: Visiteur) -> Client:
    client.force_login(Compte.objects.get(pk=agent.compte), backend=BACKEND)
    return client


BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def etats(agent: Visiteur) -> list[str]:
    return [str(one.etat) for one in list_envois(agent, None, "", 1, 50)[1]]


def test_the_page_says_what_waits_what_left_and_what_was_refused(
    serveur: Serveur, amphi: Amphi, agent: Visiteur, page: Client
) -> None:
    assert etats(agent) == ["en_attente", "en_attente"]
    assert "Confirmation d’un choix" in page.get(PAGE).content.decode()
    serveur.boite.refused = {compte_of(amphi, 2).email}
    run_once(T0 + 3_000)
    assert etats(agent) == ["refuse", "envoye"]
    html = page.get(PAGE).content.decode()
    assert "550 no such mailbox" in html
    assert compte_of(amphi, 1).email in html
    assert count_envois(agent) == {EtatEnvoi.REFUSE: 1, EtatEnvoi.ENVOYE: 1}


def test_each_view_lists_its_own(serveur: Serveur, amphi: Amphi, page: Client) -> None:
    serveur.boite.refused = {compte_of(amphi, 2).email}
    run_once(T0 + 3_000)
    refused = page.get(PAGE, {"etat": "refuse"}).content.decode()
    assert compte_of(amphi, 2).email in refused
    assert compte_of(amphi, 1).email not in refused
    found = page.get(PAGE, {"q": compte_of(amphi, 1).email}).content.decode()
    assert compte_of(amphi, 2).email not in found


def test_a_mail_deferred_for_two_days_is_said_to_be_given_up(
    serveur: Serveur, amphi: Amphi, agent: Visiteur
) -> None:
    """Its last two tries: the outbox's own tests make the fifty before."""
    serveur.boite.deferred = 1.0
    Envoi.objects.update(tries=len(DELAIS_S) - 1)
    for hour in range(3):
        run_once(T0 + hour * 3_600_000)
    assert etats(agent) == ["abandonne", "abandonne"]


def test_a_refused_mail_sent_again_goes_to_the_corrected_address(
    serveur: Serveur, amphi: Amphi, agent: Visiteur, page: Client
) -> None:
    compte = compte_of(amphi, 2)
    serveur.boite.refused = {compte.email}
    run_once(T0 + 3_000)
    compte.email = "corrigee@internes.example"
    compte.save()
    refused = Envoi.objects.get(refused=True)
    page.post(f"{PAGE}{refused.pk}/relancer/", follow=True)
    Envoi.objects.filter(pk=refused.pk).update(due_at=instant(T0 + 4_000))
    run_once(T0 + 5_000)
    assert str(serveur.boite.messages[-1]["To"]) == "corrigee@internes.example"
    assert etats(agent) == ["envoye", "envoye"]


def test_a_mail_that_left_is_not_sent_twice_by_a_click(serveur: Serveur, amphi: Amphi, page: Client) -> None:
    run_once(T0 + 3_000)
    envoi = Envoi.objects.order_by("pk").first()
    assert envoi is not None
    reponse = page.post(f"{PAGE}{envoi.pk}/relancer/", follow=True)
    assert "déjà parti" in reponse.content.decode()
    run_once(T0 + 4_000)
    assert len(serveur.boite.messages) == 2


def test_an_address_noted_wrong_keeps_its_author_and_can_be_sent_again(
    serveur: Serveur, amphi: Amphi, agent: Visiteur, page: Client
) -> None:
    run_once(T0 + 3_000)
    envoi = Envoi.objects.order_by("pk").first()
    assert envoi is not None
    page.post(f"{PAGE}{envoi.pk}/erronee/")
    assert sorted(etats(agent)) == ["envoye", "errone"]
    assert agent.courriel in page.get(PAGE).content.decode()
    page.post(f"{PAGE}{envoi.pk}/relancer/")
    Envoi.objects.filter(pk=envoi.pk).update(due_at=instant(T0 + 4_000))
    run_once(T0 + 5_000)
    assert len(serveur.boite.messages) == 3


def test_a_mail_that_waits_cannot_be_noted_wrong(amphi: Amphi, page: Client) -> None:
    envoi = Envoi.objects.order_by("pk").first()
    assert envoi is not None
    page.post(f"{PAGE}{envoi.pk}/erronee/")
    assert not Envoi.objects.filter(wrong_at__isnull=False).exists()


def test_the_words_of_a_mail_are_not_shown(serveur: Serveur, amphi: Amphi, page: Client) -> None:
    enqueue("lien-1", compte_of(amphi, 1).email, Courrier(sujet="Lien", texte="https://secret.example/x"), T0)
    html = page.get(PAGE).content.decode()
    assert "Lien" in html
    assert "secret.example" not in html


def test_outside_his_scope_a_mail_does_not_exist(amphi: Amphi, client: Client) -> None:
    elsewhere = make_agent(make_subdivision("LYON", "Lyon"), "lyon@ars.example")
    enqueue("lien-1", compte_of(amphi, 1).email, Courrier(sujet="Lien", texte="x"), T0)
    assert etats(elsewhere) == []
    client.force_login(Compte.objects.get(pk=elsewhere.compte), backend=BACKEND)
    for envoi in Envoi.objects.all():
        for acte in ("relancer", "erronee"):
            assert client.post(f"{PAGE}{envoi.pk}/{acte}/").status_code == 404


def test_who_is_no_agent_does_not_enter(amphi: Amphi, client: Client) -> None:
    assert client.get(PAGE)["Location"].startswith("/connexion/")
    client.force_login(compte_of(amphi, 1), backend=BACKEND)
    assert client.get(PAGE).status_code == 403
    assert client.post(f"{PAGE}1/relancer/").status_code == 403


def test_a_mail_of_another_amphi_with_a_longer_number_is_not_confused(amphi: Amphi, agent: Visiteur) -> None:
    """« choix-1- » is not « choix-11- »."""
    Envoi.objects.create(
        cle=f"choix-{amphi.pk}1-7", created_at=instant(T0), due_at=instant(T0) + timedelta(days=1)
    )
    assert len(etats(agent)) == 2
