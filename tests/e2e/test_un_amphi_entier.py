"""A whole small amphi, as its people live it: pause, choice, late arrival, lost network, reload, close."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Theatre
from tests.verdict import check_journal

pytestmark = pytest.mark.navigateur


def _choose(page: Page, poste: str) -> None:
    page.locator(f'[data-poste="{poste}"] [data-choisir]').first.click()
    dialogue = page.get_by_role("dialog", name="Vous choisissez ce poste")
    expect(dialogue).to_contain_text("définitif")
    dialogue.get_by_role("button", name="Oui je confirme").click()


def _expect_title(page: Page, texte: str) -> None:
    expect(page.locator("h1:visible")).to_contain_text(re.compile(texte))


def test_three_internes_and_the_agency_go_through_a_whole_amphi(theatre: Theatre, tmp_path: Path) -> None:
    # Who is not there is judged absent within the test: long enough for those whose pages are open.
    theatre.amphi.parametres = {**theatre.amphi.parametres, "delai_absence_ms": 10_000}
    theatre.amphi.save()
    agent = theatre.agent().page
    premiere = theatre.interne(1).page
    troisieme = theatre.interne(3)
    premiere.goto("/mon-amphi/")
    troisieme.page.goto("/mon-amphi/")

    agent.goto(f"/regie/amphis/{theatre.amphi.pk}/")
    for case in agent.get_by_role("checkbox").all():
        case.check()
    agent.get_by_role("button", name="Commencer l’amphithéâtre").click()
    _expect_title(premiere, "C’est votre tour")
    _expect_title(troisieme.page, "2\\s*internes\\s*devant vous")

    agent.get_by_role("button", name="Mettre en pause").click()
    _expect_title(premiere, "L’ARS a mis en pause")
    _expect_title(troisieme.page, "L’ARS a mis en pause")
    agent.get_by_role("button", name="Reprendre").click()
    _expect_title(premiere, "C’est votre tour")

    _choose(premiere, "2")
    expect(premiere.get_by_text("C’est fait", exact=False).first).to_be_visible()
    expect(troisieme.page.locator('[data-poste="2"]').first).to_contain_text("Pourvu")

    # The second is not there: his tour passes, the third is called.
    _expect_title(troisieme.page, "C’est votre tour")
    deuxieme = theatre.interne(2).page
    deuxieme.goto("/mon-amphi/")
    _expect_title(deuxieme, "1\\s*interne\\s*devant vous")

    troisieme.reseau.cut()
    _expect_title(troisieme.page, "Connexion perdue")
    troisieme.reseau.restore()
    _expect_title(troisieme.page, "C’est votre tour")
    troisieme.page.reload()
    _expect_title(troisieme.page, "C’est votre tour")
    _choose(troisieme.page, "1")

    _expect_title(deuxieme, "C’est votre tour")
    expect(deuxieme.locator('[data-poste="1"] [data-choisir]:visible')).to_have_count(0)
    _choose(deuxieme, "3")
    expect(deuxieme.get_by_text("C’est fait", exact=False).first).to_be_visible()

    agent.get_by_role("link", name="Clore", exact=True).click()
    agent.get_by_role("button", name=re.compile("Clore")).last.click()
    expect(agent.get_by_text("Amphithéâtre clos").first).to_be_visible()

    assert '"fait":"ChoixConfirme"' in check_journal(theatre.amphi, tmp_path)
    call_command("verify_etat", str(theatre.amphi.pk))
