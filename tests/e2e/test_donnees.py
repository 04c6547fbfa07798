"""« Données personnelles » in a real browser: a correction asked, answered by the ARS, read again."""

import pytest
from playwright.sync_api import Page, expect

from gradin.data.courriers.models import Envoi
from tests.e2e.conftest import BUREAU, TELEPHONE, Theatre
from tests.e2e.test_pages import check_accessible

pytestmark = pytest.mark.navigateur
LONG = "Mon courriel est camille.de.la.tour-du-pin." + "hopital" * 12 + "@exemple.fr."


def check_both_widths(page: Page) -> None:
    """With everything unfolded."""
    for vue in (TELEPHONE, BUREAU):
        page.set_viewport_size({"width": vue["width"], "height": vue["height"]})
        page.evaluate("document.querySelectorAll('main details').forEach((d) => { d.open = true; })")
        check_accessible(page)


def test_a_correction_is_asked_answered_and_read_at_both_widths(theatre: Theatre) -> None:
    mien, agent = theatre.interne(2).page, theatre.agent().page
    mien.goto("/mon-profil/donnees/")
    check_both_widths(mien)
    mien.get_by_label("Quelle donnée est fausse").fill(LONG)
    mien.get_by_role("button", name="Envoyer à l’ARS").click()
    expect(mien.get_by_text("Vous recevrez un courriel")).to_be_visible()
    check_both_widths(mien)
    agent.goto("/gestion/corrections/")
    check_both_widths(agent)
    agent.get_by_label("Réponse").fill("C’est corrigé.")
    agent.get_by_role("button", name="Répondre").click()
    expect(agent.get_by_text("un courriel prévient l’interne")).to_be_visible()
    assert Envoi.objects.filter(cle__startswith="correction-").count() == 1
    mien.reload()
    expect(mien.get_by_text("C’est corrigé.").first).to_be_attached()
    check_both_widths(mien)
