"""Calendar, informations and help: the ARS publishes, everybody reads, at both widths, light and dark."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import BUREAU, TELEPHONE, Theatre
from tests.e2e.test_pages import check_accessible
from tests.factories.publications import publish

pytestmark = pytest.mark.navigateur
VUES = ((BUREAU, "light"), (TELEPHONE, "dark"))
TEXTE = "## Dates\n\n| Quoi | Quand |\n|---|---|\n| Réunion | **demain** |\n"


def _everywhere(page: Page, *adresses: str) -> None:
    for vue, mode in VUES:
        page.set_viewport_size(vue)  # type: ignore[arg-type]
        page.emulate_media(color_scheme=mode)  # type: ignore[arg-type]
        for adresse in adresses:
            page.goto(adresse)
            check_accessible(page)


def test_a_date_of_the_ars_reaches_the_calendar_and_its_visio_those_concerned(theatre: Theatre) -> None:
    agent, interne = theatre.agent().page, theatre.interne(1).page
    agent.goto("/gestion/calendrier/")
    agent.get_by_role("link", name="Ajouter une date").click()
    agent.get_by_label("Titre").fill("Réunion d’information")
    agent.get_by_label("Jour", exact=True).fill((datetime.now(UTC) + timedelta(days=2)).date().isoformat())
    agent.get_by_label("De", exact=False).first.fill("18:30")
    agent.get_by_label("Lien de la visio", exact=False).first.fill("https://visio.example/salle")
    agent.get_by_role("button", name="Enregistrer").click()
    expect(agent.get_by_role("link", name="Réunion d’information")).to_be_visible()
    interne.goto("/calendrier/")
    expect(interne.get_by_role("heading", name="Réunion d’information")).to_be_visible()
    expect(interne.get_by_role("link", name="Rejoindre la visio")).to_be_visible()
    interne.get_by_role("button", name="Créer mon adresse").click()
    expect(interne.get_by_role("button", name="Changer d’adresse")).to_be_visible()
    _everywhere(interne, "/calendrier/", "/calendrier/?vue=passes")
    _everywhere(agent, "/gestion/calendrier/", "/gestion/calendrier/nouveau/")


def test_a_document_is_previewed_published_and_read(theatre: Theatre) -> None:
    publish(theatre.amphi.subdivision, genre="annonce", titre="Les choix commencent")
    agent, interne = theatre.agent().page, theatre.interne(1).page
    agent.goto("/gestion/informations/")
    agent.get_by_role("link", name="Page ou document").click()
    agent.get_by_label("Titre").fill("Calendrier des démarches")
    agent.get_by_label("Texte").fill(TEXTE)
    agent.get_by_role("button", name="Aperçu").click()
    expect(agent.get_by_role("cell", name="Réunion")).to_be_visible()
    check_accessible(agent)
    agent.get_by_role("button", name="Enregistrer").click()
    expect(agent.get_by_role("link", name="Calendrier des démarches")).to_be_visible()
    interne.goto("/informations/")
    expect(interne.get_by_role("heading", name="Les choix commencent")).to_be_visible()
    interne.get_by_role("link", name="Calendrier des démarches").click()
    expect(interne.get_by_role("cell", name="Réunion")).to_be_visible()
    _everywhere(interne, "/", "/informations/", interne.url)
    _everywhere(agent, "/gestion/informations/")


def test_help_is_found_from_the_page_it_concerns_and_by_words(theatre: Theatre) -> None:
    page = theatre.interne(1).page
    page.goto("/mon-profil/procuration/")
    page.get_by_role("link", name="Aide : la procuration").click()
    expect(page).to_have_url(f"{page.url.partition('/aide')[0]}/aide/questions/#procuration")
    page.get_by_label("Chercher dans l’aide").fill("procurration")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Je veux changer de mandataire").first.click()
    expect(page.locator("#changer")).to_be_in_viewport()
    _everywhere(page, "/aide/", "/aide/?q=surnombre", "/aide/interne/", "/aide/questions/")
