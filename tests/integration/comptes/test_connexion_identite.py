"""Sign-in by a service of identity: a real OpenID provider on the loopback, written by others."""

import warnings
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.http import HttpResponse
from django.test import Client
from pytest_django.fixtures import Settings

from gradin.config.checks import refusals
from gradin.data.comptes.models import Compte
from gradin.data.internes.models import Interne
from tests.factories.comptes import make_agent, make_compte
from tests.factories.referentiel import make_subdivision

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import oidc_provider_mock

pytestmark = pytest.mark.django_db
COURRIEL = "camille@exemple.fr"
ALLER, RETOUR = "/connexion/avec/proconnect/", "/connexion/avec/proconnect/retour/"


@pytest.fixture(scope="module")
def emetteur() -> Iterator[str]:
    with oidc_provider_mock.run_server_in_thread(require_nonce=True) as serveur:
        yield f"http://localhost:{serveur.server_port}"


@pytest.fixture(autouse=True)
def configured(emetteur: str, settings: Settings) -> None:
    commun = {"emetteur": emetteur, "client": "gradin", "secret": "secret de la région"}
    settings.GRADIN_OIDC = {
        "proconnect": {**commun, "courriel_sur": False},
        "pro-sante-connect": {**commun, "courriel_sur": False},
    }


def come_back(client: Client, emetteur: str, aller: str = ALLER, **dits: object) -> HttpResponse:
    """Leaves, is recognised over there as `dits`, and comes back."""
    httpx.put(f"{emetteur}/users/quelqu-un", json=dits).raise_for_status()
    depart = client.get(aller)["Location"]
    la_bas = httpx.post(depart, data={"sub": "quelqu-un"})
    retour = urlsplit(la_bas.headers["Location"])
    return client.get(f"{retour.path}?{retour.query}")


def who(client: Client) -> str:
    pk = client.session.get("_auth_user_id")
    return Compte.objects.get(pk=pk).email if pk else ""


def test_an_account_whose_e_mail_is_proved_is_signed_in(client: Client, emetteur: str) -> None:
    make_compte(COURRIEL)
    page = client.get("/connexion/?next=/mon-amphi/").content.decode()
    assert all(f"Se connecter avec </span>{nom}" in page for nom in ("ProConnect", "Pro Santé Connect"))
    reponse = come_back(
        client, emetteur, f"{ALLER}?next=/mon-amphi/", email=COURRIEL.upper(), email_verified=True
    )
    assert (reponse.status_code, reponse["Location"]) == (302, "/mon-amphi/")
    assert who(client) == COURRIEL


def test_an_e_mail_that_nobody_proved_or_that_no_account_has_signs_nobody_in(
    client: Client, emetteur: str
) -> None:
    make_compte(COURRIEL)
    assert come_back(client, emetteur, email=COURRIEL)["Location"] == "/connexion/"
    assert "aucun compte ne porte ce courriel" in client.get("/connexion/").content.decode()
    come_back(client, emetteur, email="inconnu@exemple.fr", email_verified=True)
    Compte.objects.update(is_active=False)
    come_back(client, emetteur, email=COURRIEL, email_verified=True)
    assert who(client) == ""
    assert Compte.objects.count() == 1


def test_pro_sante_connect_knows_an_interne_by_his_rpps(client: Client, emetteur: str) -> None:
    aller = "/connexion/avec/pro-sante-connect/"
    for rang, compte in enumerate((make_compte(COURRIEL), make_compte("autre@exemple.fr"))):
        Interne.objects.create(ine=f"ine{rang}", nom="N", prenom="P", rpps=f"1000000000{rang}", compte=compte)
    come_back(client, emetteur, aller, SubjectNameID="810000000009")
    assert who(client) == ""
    come_back(client, emetteur, aller, SubjectNameID="810000000000")
    assert who(client) == COURRIEL
    Interne.objects.update(rpps="10000000000")
    double = Client()
    come_back(double, emetteur, aller, SubjectNameID="810000000000")
    assert who(double) == ""


def test_the_second_factor_is_still_asked(client: Client, emetteur: str) -> None:
    compte = make_compte(COURRIEL)
    TOTP.activate(compte, "A" * 32)
    assert Authenticator.objects.count() == 1
    reponse = come_back(client, emetteur, email=COURRIEL, email_verified=True)
    assert reponse["Location"].startswith("/connexion/second-facteur/")
    assert who(client) == ""


def test_an_agent_without_one_is_led_to_it(client: Client, emetteur: str, settings: Settings) -> None:
    settings.GRADIN_SECOND_FACTEUR_ARS = True
    make_agent(make_subdivision(), COURRIEL)
    come_back(client, emetteur, email=COURRIEL, email_verified=True)
    assert client.get("/gestion/").headers["Location"].startswith("/mon-profil/second-facteur/")


def test_a_return_is_taken_once_in_its_own_session_from_its_own_service(
    client: Client, emetteur: str
) -> None:
    make_compte(COURRIEL)
    httpx.put(f"{emetteur}/users/moi", json={"email": COURRIEL, "email_verified": True})
    depart = client.get(ALLER)["Location"]
    retour = urlsplit(httpx.post(depart, data={"sub": "moi"}).headers["Location"]).query
    dits = parse_qs(urlsplit(depart).query)
    assert dits["code_challenge_method"] == ["S256"]
    victime = Client()
    assert victime.get(f"{RETOUR}?{retour}")["Location"] == "/connexion/"
    victime.get(ALLER)
    victime.get(f"{RETOUR}?{retour}")
    victime.get(ALLER)
    victime.get(f"/connexion/avec/pro-sante-connect/retour/?{retour}")
    assert who(victime) == ""
    client.get(f"{RETOUR}?{retour}")
    assert who(client) == COURRIEL
    again = client.get(f"{RETOUR}?{retour}")
    assert again["Location"] == "/connexion/"


def test_somebody_who_gave_up_or_a_service_that_is_down_says_so(client: Client, settings: Settings) -> None:
    depart = client.get(ALLER)["Location"]
    etat = parse_qs(urlsplit(depart).query)["state"][0]
    client.get(f"{RETOUR}?error=access_denied&state={etat}")
    assert "n’a pas abouti" in client.get("/connexion/").content.decode()
    settings.GRADIN_OIDC = {
        "proconnect": {"emetteur": "http://127.0.0.1:1", "client": "c", "secret": "s", "courriel_sur": False}
    }
    client.get(ALLER)
    assert "ne répond pas" in client.get("/connexion/").content.decode()


def test_nowhere_else_than_here(client: Client, emetteur: str) -> None:
    make_compte(COURRIEL)
    reponse = come_back(
        client, emetteur, f"{ALLER}?next=https://mal.example/", email=COURRIEL, email_verified=True
    )
    assert reponse["Location"] == "/"


def test_without_settings_there_is_no_button_and_half_settings_forbid_to_start(
    client: Client, settings: Settings
) -> None:
    entier = {"emetteur": "https://idp.example", "client": "c", "secret": "s", "courriel_sur": False}
    settings.GRADIN_OIDC = {}
    assert "Se connecter avec" not in client.get("/connexion/").content.decode()
    assert client.get(ALLER).status_code == 404
    assert client.get(RETOUR).status_code == 404
    settings.GRADIN_OIDC = {"proconnect": {**entier, "secret": ""}}
    assert "il manque SECRET" in refusals()[0]
    settings.GRADIN_OIDC = {"pro-sante-connect": {**entier, "emetteur": "http://idp.example"}}
    assert "GRADIN_OIDC_PSC_EMETTEUR" in refusals()[0]
