"""Signing in: by e-mail and password, by one click over fictional data only."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from gradin.data.comptes.models import Compte
from gradin.data.courriers.models import Envoi
from gradin.data.internes.models import Interne
from gradin.queries.demonstration import OFFERTS
from tests.factories.comptes import MOT_DE_PASSE, make_agent, make_compte
from tests.factories.roster import make_inscrit

pytestmark = pytest.mark.django_db
COURRIEL = "camille@exemple.fr"


@pytest.fixture(autouse=True)
def no_earlier_try() -> None:
    cache.clear()


@pytest.fixture
def compte() -> Compte:
    return make_compte(COURRIEL)


def sign_in(client: Client, courriel: str, mot_de_passe: str) -> int:
    page = client.post("/connexion/", {"login": courriel, "password": mot_de_passe})
    return page.status_code


def test_the_right_password_signs_in_whatever_the_case_of_the_address(client: Client, compte: Compte) -> None:
    assert sign_in(client, "Camille@Exemple.fr", MOT_DE_PASSE) == 302
    assert client.get("/api/v1/moi").status_code == 200


def test_a_wrong_password_and_an_unknown_account_read_the_same_words(
    client: Client, compte: Compte, caplog: pytest.LogCaptureFixture
) -> None:
    pages = [
        client.post("/connexion/", {"login": courriel, "password": "faux"}).content.decode()
        for courriel in (COURRIEL, "inconnu@exemple.fr")
    ]
    sans_saisie = [re.sub(r'value="[^"]*"', "", page) for page in pages]
    assert sans_saisie[0] == sans_saisie[1]
    assert "resume-erreurs" in pages[0]
    assert caplog.messages.count("sign-in refused from 127.0.0.1") == 2
    assert "exemple.fr" not in caplog.text


def test_a_closed_account_does_not_sign_in(client: Client, compte: Compte) -> None:
    Compte.objects.filter(pk=compte.pk).update(is_active=False)
    sign_in(client, COURRIEL, MOT_DE_PASSE)
    assert client.get("/api/v1/moi").status_code == 401


def test_ten_failures_lock_this_account_for_five_minutes(client: Client, compte: Compte) -> None:
    for _ in range(10):
        sign_in(client, COURRIEL, "faux")
    assert sign_in(client, COURRIEL, MOT_DE_PASSE) == 200
    reponse = client.post(
        "/api/v1/jetons",
        {"courriel": COURRIEL, "mot_de_passe": MOT_DE_PASSE},
        content_type="application/json",
    )
    assert (reponse.status_code, reponse.json()["motif"]) == (429, "trop_d_essais")


def test_failures_elsewhere_do_not_lock_the_device_where_one_has_signed_in(compte: Compte) -> None:
    mien, attaquant = Client(), Client()
    sign_in(mien, COURRIEL, MOT_DE_PASSE)
    mien.post("/deconnexion/")
    for _ in range(11):
        sign_in(attaquant, COURRIEL, "faux")
    assert sign_in(attaquant, COURRIEL, MOT_DE_PASSE) == 200
    assert sign_in(mien, COURRIEL, MOT_DE_PASSE) == 302


def test_a_forged_device_is_no_device(client: Client, compte: Compte) -> None:
    client.cookies["gradin_appareil"] = "0" * 32 + ":1sxxxx:signature"
    for _ in range(10):
        sign_in(client, COURRIEL, "faux")
    assert sign_in(client, COURRIEL, MOT_DE_PASSE) == 200


def test_nobody_opens_an_account_by_himself(client: Client) -> None:
    client.post("/inscription/", {"email": "moi@exemple.fr", "password1": "un mot de passe long"})
    assert not Compte.objects.exists()


@pytest.mark.parametrize("chemin", ["/accounts/login/", "/accounts/signup/", "/email/", "/accounts/email/"])
def test_no_other_page_of_the_library_is_served(client: Client, chemin: str) -> None:
    assert client.get(chemin).status_code == 404


def test_the_reset_mail_goes_through_the_outbox_and_its_link_serves_once(
    client: Client, compte: Compte
) -> None:
    client.post("/mot-de-passe/", {"email": COURRIEL})
    envoi = Envoi.objects.get()
    assert envoi.destinataire == COURRIEL
    lien = re.search(r"http://testserver(/mot-de-passe/\S+)", envoi.texte)
    assert lien is not None
    page = client.get(lien[1], follow=True)
    chemin = page.redirect_chain[-1][0]
    client.post(
        chemin,
        {
            "password1": "Une autre phrase, longue de sept mots distincts",
            "password2": "Une autre phrase, longue de sept mots distincts",
        },
    )
    assert sign_in(Client(), COURRIEL, "Une autre phrase, longue de sept mots distincts") == 302
    assert "déjà servi" in Client().get(lien[1], follow=True).content.decode()


def test_the_reset_of_a_known_address_asks_no_more_of_the_database_than_an_unknown_one(
    client: Client, compte: Compte
) -> None:
    """The time itself is measured by `make assurance`; a query more on one side is where it begins."""
    demandes = []
    for courriel in (compte.email, "personne@exemple.fr", compte.email):
        with CaptureQueriesContext(connection) as lues:
            client.post("/mot-de-passe/", {"email": courriel})
        demandes.append([une["sql"].split(" ", 1)[0] for une in lues])
    assert demandes[0] == demandes[1] == demandes[2] and "INSERT" in demandes[0]


def test_an_unknown_address_gets_the_same_page_and_a_mail_of_its_own(client: Client, compte: Compte) -> None:
    pages = [
        client.post("/mot-de-passe/", {"email": courriel}, follow=True).content
        for courriel in (COURRIEL, "inconnu@exemple.fr")
    ]
    assert pages[0] == pages[1]
    assert Envoi.objects.count() == 2


@pytest.mark.parametrize(("demonstration", "statut"), [(True, 302), (False, 404)])
def test_one_click_signs_in_over_the_demonstration_only(
    client: Client, demonstration: bool, statut: int
) -> None:
    agent = OFFERTS[-1]
    make_compte(agent.courriel)
    with override_settings(GRADIN_DEMONSTRATION=demonstration):
        reponse = client.post("/demonstration/connexion/", {"compte": agent.cle})
    assert reponse.status_code == statut
    assert client.get("/api/v1/moi").status_code == (200 if demonstration else 401)


@override_settings(GRADIN_DEMONSTRATION=True)
def test_one_click_needs_the_page_s_own_token_and_an_account_of_the_banner() -> None:
    make_compte(OFFERTS[-1].courriel)
    make_compte(COURRIEL)
    forge = Client(enforce_csrf_checks=True).post("/demonstration/connexion/", {"compte": OFFERTS[-1].cle})
    assert forge.status_code == 403
    assert Client().post("/demonstration/connexion/", {"compte": COURRIEL}).status_code == 404
    assert Client().get("/demonstration/connexion/").status_code == 405


def test_real_passwords_are_kept_by_argon2() -> None:
    from gradin.config import settings

    assert settings.PASSWORD_HASHERS[0] == "gradin.config.hashers.Argon2id"


def test_signing_out_takes_a_click_not_an_address(client: Client, compte: Compte) -> None:
    sign_in(client, COURRIEL, MOT_DE_PASSE)
    assert client.get("/deconnexion/").status_code == 405
    client.post("/deconnexion/")
    assert client.get("/api/v1/moi").status_code == 401


def sign_in_from(reseau: str, mot_de_passe: str) -> int:
    """On a device that never signed in, of that network."""
    saisie = {"login": COURRIEL, "password": mot_de_passe}
    return Client().post("/connexion/", saisie, REMOTE_ADDR=reseau).status_code


def test_a_stranger_on_another_network_refuses_nobody_the_day_of_his_amphi(compte: Compte) -> None:
    for essai in range(36):
        sign_in_from(f"203.0.113.{essai % 3}", "faux")
    assert sign_in_from("203.0.113.1", MOT_DE_PASSE) == 200
    assert sign_in_from("198.51.100.7", MOT_DE_PASSE) == 302


def test_a_neighbour_who_uses_up_the_network_s_failures_does_not_refuse_a_known_device(
    compte: Compte,
) -> None:
    mien = Client()
    sign_in(mien, COURRIEL, MOT_DE_PASSE)
    mien.post("/deconnexion/")
    for essai in range(101):
        Client().post("/connexion/", {"login": f"{essai}@exemple.fr", "password": "faux"})
    assert sign_in(Client(), COURRIEL, MOT_DE_PASSE) == 200
    assert sign_in(mien, COURRIEL, MOT_DE_PASSE) == 302


def test_the_reset_link_opens_this_device_whatever_strangers_do(compte: Compte) -> None:
    mien = Client()
    mien.post("/mot-de-passe/", {"email": COURRIEL})
    lien = re.search(r"http://testserver(/mot-de-passe/\S+)", Envoi.objects.get().texte)
    assert lien is not None
    nouveau = "Une autre phrase, longue de sept mots distincts"
    chemin = mien.get(lien[1], follow=True).redirect_chain[-1][0]
    mien.post(chemin, {"password1": nouveau, "password2": nouveau})
    for _ in range(11):
        sign_in(Client(), COURRIEL, "faux")
    assert sign_in(Client(), COURRIEL, nouveau) == 200
    assert sign_in(mien, COURRIEL, nouveau) == 302


def test_an_agent_sees_the_lock_and_lifts_it(client: Client) -> None:
    interne = make_inscrit("Aubert").interne
    Interne.objects.filter(pk=interne.pk).update(compte=make_compte(COURRIEL))
    subdivision = interne.inscriptions.get().subdivision
    agent = Compte.objects.get(pk=make_agent(subdivision).compte or 0)
    client.force_login(agent, backend="allauth.account.auth_backends.AuthenticationBackend")
    fiche, lever = f"/gestion/internes/{interne.pk}/", f"/gestion/internes/{interne.pk}/debloquer/"
    assert "Aucun blocage" in client.get(fiche).content.decode()
    assert "Aucun blocage" in client.post(lever, follow=True).content.decode()
    for _ in range(11):
        sign_in(Client(), COURRIEL, "faux")
    assert sign_in(Client(), COURRIEL, MOT_DE_PASSE) == 200
    assert "Lever le blocage" in client.get(fiche).content.decode()
    page = client.post(lever, follow=True).content.decode()
    assert "débloquée" in page and agent.email in page and "Lever le blocage" not in page
    assert sign_in(Client(), COURRIEL, MOT_DE_PASSE) == 302
