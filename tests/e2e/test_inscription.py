"""Sign-up in a real browser, to the end: form, mail read from the outbox's files, account, sign-in."""

import email.policy
import os
import re
import time
from datetime import date
from email import message_from_bytes
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from gradin.data.internes.models import Interne
from gradin.data.referentiel.models import Ufr
from tests.e2e.conftest import BUREAU, TELEPHONE
from tests.e2e.test_pages import check_accessible
from tests.factories.comptes import MOT_DE_PASSE, make_agent
from tests.factories.referentiel import make_subdivision
from tests.factories.roster import make_inscrit
from tests.serveur import Serveur

pytestmark = pytest.mark.navigateur
PHRASE = "Sept mots choisis vraiment sans aucun lien"


@pytest.fixture(autouse=True)
def camille(transactional_db: None) -> Interne:
    interne = make_inscrit("Hermite", ne_le=date(1999, 3, 14)).interne
    Interne.objects.filter(pk=interne.pk).update(
        ine="120394857KX", prenom="Camille", courriel="camille@exemple.fr", recherche="camille hermite"
    )
    Ufr.objects.get_or_create(nom="Lyon Est")
    make_agent(make_subdivision())
    return interne


def open_page(browser: Browser, serveur: Serveur, vue: dict[str, int], script: bool = True) -> Page:
    contexte = browser.new_context(
        viewport=vue, locale="fr-FR", base_url=serveur.url, java_script_enabled=script
    )
    contexte.set_default_timeout(20_000)
    return contexte.new_page()


def ask(page: Page, courriel: str = "camille@exemple.fr") -> None:
    page.goto("/inscription/")
    page.get_by_label("Prénom").fill("camille")
    page.get_by_label("Nom", exact=True).fill("HERMITE")
    page.get_by_label("Date de naissance").fill("14/03/1999")
    page.get_by_label("Courriel").fill(courriel)
    page.get_by_label("INE").fill("0000")
    page.get_by_label("Téléphone").fill("06 12 34 56 78")
    page.get_by_role("button", name="Débuter ma création de compte").click()
    page.get_by_label("Confirmation de votre courriel").fill(courriel)
    page.get_by_role("button", name="Créer mon compte").click()
    expect(page.get_by_role("heading", name="Regardez votre messagerie")).to_be_visible()


def read_mail(a: str, mot: str) -> str:
    """The text of the mail to that address that holds this word, once the outbox has written it."""
    dossier, limite = Path(os.environ["GRADIN_DATA"]) / "courriers", time.monotonic() + 60
    while time.monotonic() < limite:
        for chemin in dossier.glob("inscription-*.eml"):
            lu = message_from_bytes(chemin.read_bytes(), policy=email.policy.default)
            corps = lu.get_body(("plain",))
            texte = corps.get_content() if corps else ""
            if lu["To"] == a and mot in texte:
                chemin.unlink()
                return str(texte)
        time.sleep(0.1)
    raise AssertionError(f"no mail to {a}")


def lien_in(texte: str) -> str:
    trouve = re.search(r"https?://[^/\s]+(/inscription/finaliser/\S+)", texte)
    assert trouve is not None
    return trouve[1]


def finish(page: Page, lien: str) -> None:
    page.goto(lien)
    page.get_by_label("Mot de passe", exact=True).fill(PHRASE)
    page.get_by_label("Le même, une seconde fois").fill(PHRASE)
    page.get_by_label("Adresse").fill("4, rue du Stade")
    page.get_by_label("UFR").select_option(label="Lyon Est")
    page.get_by_label("Question secrète").select_option(index=3)
    page.get_by_label("Réponse secrète").fill("Nîmes")


def sign_in(page: Page, courriel: str, mot_de_passe: str) -> None:
    page.get_by_label("courriel", exact=False).first.fill(courriel)
    page.get_by_label("Mot de passe", exact=False).first.fill(mot_de_passe)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url(lambda url: "/connexion/" not in url)


@pytest.mark.parametrize("script", [True, False], ids=["avec-javascript", "sans-javascript"])
def test_from_the_form_to_the_account(serveur: Serveur, browser: Browser, script: bool) -> None:
    page = open_page(browser, serveur, TELEPHONE, script)
    ask(page)
    finish(page, lien_in(read_mail("camille@exemple.fr", "finaliser")))
    if script:
        expect(page.get_by_text("Mot de passe assez fort")).to_be_visible()
    page.get_by_role("button", name="Finaliser mon inscription").click()
    expect(page.get_by_text("Votre inscription est terminée")).to_be_visible()
    assert "Votre compte est ouvert" in read_mail("camille@exemple.fr", "compte est ouvert")
    sign_in(page, "camille@exemple.fr", PHRASE)
    page.goto("/mon-profil/")
    expect(page.get_by_text("Lyon Est")).to_be_visible()


def test_another_address_goes_through_the_ars(serveur: Serveur, browser: Browser) -> None:
    page, agent = open_page(browser, serveur, TELEPHONE), open_page(browser, serveur, BUREAU)
    ask(page, "neuf@exemple.fr")
    assert "l’ARS les vérifie" in read_mail("neuf@exemple.fr", "vérifie")
    agent.goto("/connexion/?next=/gestion/demandes/")
    sign_in(agent, "agent@ars.example", MOT_DE_PASSE)
    check_accessible(agent)
    agent.get_by_role("button", name="Accepter").click()
    expect(agent.get_by_text("le lien d’inscription part vers neuf@exemple.fr")).to_be_visible()
    finish(page, lien_in(read_mail("neuf@exemple.fr", "finaliser")))
    page.get_by_role("button", name="Finaliser mon inscription").click()
    expect(page.get_by_text("Votre inscription est terminée")).to_be_visible()


@pytest.mark.parametrize("vue", [BUREAU, TELEPHONE], ids=["bureau", "mobile"])
def test_the_pages_have_no_accessibility_fault(
    serveur: Serveur, browser: Browser, vue: dict[str, int]
) -> None:
    page = open_page(browser, serveur, vue)
    page.goto("/inscription/")
    check_accessible(page)
    page.get_by_role("button", name="Débuter ma création de compte").click()
    expect(page.get_by_role("alert")).to_be_focused()
    check_accessible(page)
    ask(page)
    check_accessible(page)
    finish(page, lien_in(read_mail("camille@exemple.fr", "finaliser")))
    check_accessible(page)
    page.get_by_role("button", name="Finaliser mon inscription").click()
    sign_in(page, "camille@exemple.fr", PHRASE)
    for adresse in (
        "profil",
        "profil/coordonnees",
        "profil/courriel",
        "profil/question-secrete",
        "classement",
    ):
        page.goto(f"/mon-{adresse}/")
        check_accessible(page)
    for adresse in ("mot-de-passe", "sessions", "code-aide", "second-facteur", "second-facteur/cles"):
        page.goto(f"/mon-profil/{adresse}/")
        check_accessible(page)
    page.goto("/mon-profil/second-facteur/application/")
    page.get_by_label("Votre mot de passe").fill(PHRASE)
    page.get_by_role("button", name="Confirmer").click()
    expect(page.get_by_role("heading", name="Ajouter une application")).to_be_visible()
    check_accessible(page)


def test_a_passkey_becomes_the_second_step_of_sign_in(serveur: Serveur, browser: Browser) -> None:
    """A virtual authenticator; a passkey belongs to a name, so the server is called by its own."""
    contexte = browser.new_context(
        viewport=BUREAU, locale="fr-FR", base_url=f"http://localhost:{serveur.port}"
    )
    contexte.set_default_timeout(20_000)
    page = contexte.new_page()
    cdp = contexte.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True}
    cdp.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": options | {"isUserVerified": True, "automaticPresenceSimulation": True}},
    )
    page.goto("/connexion/")
    sign_in(page, "agent@ars.example", MOT_DE_PASSE)
    page.goto("/mon-profil/second-facteur/cles/ajouter/")
    page.get_by_label("Votre mot de passe").fill(MOT_DE_PASSE)
    page.get_by_role("button", name="Confirmer").click()
    page.get_by_label("Nom de cette clé").fill("Mon téléphone")
    page.get_by_role("button", name="Ajouter cette clé").click()
    expect(page.get_by_role("heading", name="Codes de secours")).to_be_visible()
    check_accessible(page)
    contexte.clear_cookies()
    page.goto("/connexion/")
    page.get_by_label("courriel", exact=False).first.fill("agent@ars.example")
    page.get_by_label("Mot de passe", exact=False).first.fill(MOT_DE_PASSE)
    page.get_by_role("button", name="Se connecter").click()
    expect(page.get_by_role("heading", name="Second facteur")).to_be_visible()
    check_accessible(page)
    page.get_by_role("button", name="Utiliser une clé d’accès").click()
    page.wait_for_url(lambda url: "/connexion/" not in url)
    page.goto("/mon-profil/second-facteur/cles/")
    expect(page.get_by_text("Mon téléphone").first).to_be_visible()
