"""What protects an account: password, sessions, second factor (required of the ARS), help code."""

import re
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client

from gradin.data.comptes.models import Compte
from gradin.data.profils.models import CodeAide
from tests.factories.amphis import make_amphi
from tests.factories.comptes import MOT_DE_PASSE, make_agent, make_compte
from tests.factories.referentiel import make_subdivision

pytestmark = pytest.mark.django_db
COURRIEL = "camille@exemple.fr"
NEUF = "Trois-Chats-Gris-2027"


@pytest.fixture(autouse=True)
def no_earlier_try() -> None:
    cache.clear()


def sign_in(courriel: str = COURRIEL, mot_de_passe: str = MOT_DE_PASSE) -> Client:
    client = Client()
    client.post("/connexion/", {"login": courriel, "password": mot_de_passe})
    return client


@pytest.fixture
def compte() -> Compte:
    return make_compte(COURRIEL)


def code_of(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def confirm(client: Client) -> None:
    client.post("/connexion/confirmer/", {"password": MOT_DE_PASSE})


def add_application(client: Client) -> str:
    """Activates TOTP as somebody does, the password asked again first; gives back the secret."""
    confirm(client)
    page = client.get("/mon-profil/second-facteur/application/").content.decode()
    secret = re.search(r'class="empreinte">(\w+)<', page)
    assert secret is not None, page
    reponse = client.post("/mon-profil/second-facteur/application/", {"code": code_of(secret[1])})
    assert reponse.status_code == 302, reponse.content.decode()
    return secret[1]


def test_another_password_ends_the_other_sessions_and_keeps_this_one(compte: Compte) -> None:
    ici, ailleurs = sign_in(), sign_in()
    saisie = {"oldpassword": MOT_DE_PASSE, "password1": NEUF, "password2": NEUF}
    assert ici.post("/mon-profil/mot-de-passe/", saisie)["Location"] == "/mon-profil/"
    assert ici.get("/mon-profil/").status_code == 200
    assert ailleurs.get("/mon-profil/").status_code == 302
    assert sign_in(mot_de_passe=NEUF).get("/mon-profil/").status_code == 200


def test_another_password_needs_the_present_one_and_strength(compte: Compte) -> None:
    client = sign_in()
    for ancien, nouveau in (("faux", NEUF), (MOT_DE_PASSE, "motdepasse2027")):
        saisie = {"oldpassword": ancien, "password1": nouveau, "password2": nouveau}
        page = client.post("/mon-profil/mot-de-passe/", saisie).content.decode()
        assert "resume-erreurs" in page
    assert sign_in().get("/mon-profil/").status_code == 200


def test_sessions_are_listed_and_the_others_ended(compte: Compte) -> None:
    ici, ailleurs = sign_in(), sign_in()
    page = ici.get("/mon-profil/sessions/").content.decode()
    assert page.count("adresse 127.0.0.1") == 2 and page.count("Celle-ci") == 1
    ici.post("/mon-profil/sessions/")
    assert ailleurs.get("/mon-profil/").status_code == 302
    assert ici.get("/mon-profil/").status_code == 200


def test_an_application_becomes_the_second_step_of_sign_in(compte: Compte) -> None:
    secret = add_application(sign_in())
    client = sign_in()
    assert client.get("/mon-profil/").status_code == 302
    cache.clear()
    page = client.post("/connexion/second-facteur/", {"code": "000000"}).content.decode()
    assert "resume-erreurs" in page
    client.post("/connexion/second-facteur/", {"code": code_of(secret)})
    assert client.get("/mon-profil/").status_code == 200


def test_a_recovery_code_serves_once(compte: Compte) -> None:
    premier = sign_in()
    add_application(premier)
    codes = premier.get("/mon-profil/second-facteur/secours/codes.txt").content.decode().split()
    for attendu in (200, 302):
        client = sign_in()
        client.post("/connexion/second-facteur/", {"code": codes[0]})
        assert client.get("/mon-profil/").status_code == attendu


def test_the_pages_of_the_second_factor_are_ours(compte: Compte) -> None:
    client = sign_in()
    add_application(client)
    for page in ("", "application/retirer/", "secours/", "secours/nouveaux/", "cles/", "cles/ajouter/"):
        contenu = client.get(f"/mon-profil/second-facteur/{page}").content.decode()
        assert 'class="connexion' in contenu, page
        assert "Authenticator" not in contenu.replace("authenticatorSelection", ""), page


def test_a_session_left_open_is_not_enough_to_change_the_second_factor(compte: Compte) -> None:
    client = sign_in()
    reponse = client.get("/mon-profil/second-facteur/application/")
    assert reponse["Location"].startswith("/connexion/confirmer/")
    page = client.get(reponse["Location"]).content.decode()
    assert "Confirmer que c’est vous" in page and "Votre mot de passe" in page
    confirm(client)
    assert client.get("/mon-profil/second-facteur/application/").status_code == 200


@pytest.fixture
def agent(settings: Any) -> str:
    settings.GRADIN_SECOND_FACTEUR_ARS = True
    return make_agent(make_subdivision()).courriel


def test_an_agent_without_a_second_factor_reaches_nothing_but_it(agent: str) -> None:
    client = sign_in(agent)
    for page in ("/regie/", "/gestion/demandes/", "/mon-profil/", "/"):
        assert client.get(page)["Location"] == "/mon-profil/second-facteur/", page
    api = client.get("/api/v1/moi")
    assert (api.status_code, api.json()["motif"]) == (403, "second_facteur")
    add_application(client)
    assert client.get("/regie/").status_code == 200


def test_an_agent_without_a_second_factor_gets_no_token(agent: str) -> None:
    saisie = {"courriel": agent, "mot_de_passe": MOT_DE_PASSE}
    reponse = Client().post("/api/v1/jetons", saisie, content_type="application/json")
    assert (reponse.status_code, reponse.json()["motif"]) == (403, "second_facteur")


def test_an_interne_is_offered_a_second_factor_and_not_made_to(agent: str, compte: Compte) -> None:
    assert sign_in().get("/mon-profil/").status_code == 200


def test_the_demonstration_does_not_ask_for_it(settings: Any, agent: str) -> None:
    settings.GRADIN_SECOND_FACTEUR_ARS = False
    assert sign_in(agent).get("/regie/").status_code == 200


def test_a_help_code_is_six_digits_shown_once() -> None:
    make_amphi(internes=1)
    client = sign_in("socle-00001@internes.example")
    assert not CodeAide.objects.exists()
    page = client.post("/mon-profil/code-aide/").content.decode()
    code = re.search(r'code-aide">(\d{3})\u202f(\d{3})<', page)
    assert code is not None
    assert code[1] + code[2] not in CodeAide.objects.get().code
    assert 'code-aide"' not in client.get("/mon-profil/code-aide/").content.decode()
