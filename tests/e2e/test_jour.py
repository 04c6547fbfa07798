"""The day of the amphi, in two browsers: a question and its answer, live; a choice said aloud in a room."""

import pytest
from playwright.sync_api import expect

from gradin.domain.amphi.commands import Pauser
from gradin.live.temps import maintenant_ms
from tests.e2e.conftest import BUREAU, TELEPHONE, Theatre
from tests.e2e.test_pages import check_accessible
from tests.factories.live import play, start, state

pytestmark = pytest.mark.navigateur


def test_a_question_is_answered_live_from_the_regie(theatre: Theatre) -> None:
    start(theatre.amphi, maintenant_ms())
    interne, agent = theatre.interne(3).page, theatre.agent().page
    agent.goto("/regie/")
    interne.goto("/mon-amphi/")
    interne.get_by_role("button", name="Ma session").click()
    interne.get_by_label("Votre question").fill("Puis-je changer d’écran ?")
    interne.get_by_role("button", name="Envoyer à l’ARS").click()
    expect(interne.get_by_text("l’ARS l’a reçue")).to_be_visible()
    expect(agent.get_by_text("Puis-je changer d’écran")).to_be_visible()
    check_accessible(agent)
    agent.get_by_role("textbox", name="Réponse à").fill("Oui, votre place ne bouge pas.")
    agent.get_by_role("button", name="Répondre", exact=True).click()
    expect(agent.get_by_text("Puis-je changer d’écran")).to_be_hidden()
    expect(interne.locator("[data-reponse]")).to_contain_text("votre place ne bouge pas")
    check_accessible(interne)


def test_the_pages_of_the_day_have_no_accessibility_fault(theatre: Theatre) -> None:
    start(theatre.amphi, maintenant_ms())
    play(theatre.amphi, Pauser(), maintenant_ms())
    page, interne = theatre.agent().page, theatre.interne(2).page
    for vue in (BUREAU, TELEPHONE):
        page.set_viewport_size(vue)
        for lieu in ("papier", "couples", "questions"):
            page.goto(f"/regie/amphis/{theatre.amphi.pk}/{lieu}/")
            check_accessible(page)
    for adresse in ("/mon-amphi/couple/", f"/mon-amphi/questions/?amphi={theatre.amphi.pk}"):
        interne.goto(adresse)
        check_accessible(interne)


def test_in_a_room_a_number_and_two_enters_record_a_choice(theatre: Theatre) -> None:
    amphi = theatre.amphi
    amphi.parametres = {**amphi.parametres, "mode": "en_salle"}
    amphi.save(update_fields=["parametres"])
    start(amphi, maintenant_ms())
    page = theatre.agent().page
    page.goto(f"/regie/amphis/{amphi.pk}/")
    page.get_by_label("N° du poste énoncé").fill("2")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Enregistrer ce choix")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Prénom Interne2")).to_be_visible()
    saisie = page.get_by_label("N° du poste énoncé")
    expect(saisie).to_be_focused()
    expect(saisie).to_have_value("")
    saisie.fill("2")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Ce poste ne lui est pas ouvert")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_label("N° du poste énoncé").fill("absent")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Marquer absent").last.click()
    expect(page.get_by_role("heading", name="Prénom Interne3")).to_be_visible()
    assert {numero: choix.poste for numero, choix in state(amphi).choix.items()} == {1: "2"}
