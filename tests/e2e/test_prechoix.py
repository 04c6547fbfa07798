"""Préchoix in real Chromium: wishes from favourites by keyboard, chances in words, the ARS's page."""

import pytest
from playwright.sync_api import expect

from gradin.data.amphis.models import Amphi
from gradin.data.prechoix.models import Visibilite
from gradin.live.temps import maintenant_ms
from gradin.operations.courriers.enqueue import instant
from gradin.operations.prechoix.prevision import compute_prevision
from gradin.queries.prechoix import own_wishes
from tests.e2e.conftest import BUREAU, TELEPHONE, Theatre
from tests.e2e.test_favoris import check_accessible
from tests.factories.amphis import add_favoris, make_amphi
from tests.integration.prechoix.conftest import open_wave, place_of, wish

pytestmark = pytest.mark.navigateur


@pytest.fixture
def amphi(transactional_db: None) -> Amphi:
    """Eight internes, of whom the five who follow the second share their wishes."""
    now = maintenant_ms()
    amphi = make_amphi(internes=8, postes=6, debut=now + 86_400_000)
    open_wave(amphi, Visibilite.NOMBRES, instant(now))
    wish(amphi, dict.fromkeys((1, 3, 4, 5, 6), "1 2 3"), partage=True, now=instant(now))
    add_favoris(amphi, 8, ["5", "1"])
    compute_prevision(amphi.pk, now)
    return amphi


def test_wishes_are_taken_from_favourites_and_their_chances_read(theatre: Theatre) -> None:
    page = theatre.interne(8, TELEPHONE).page
    page.goto("/mon-amphi/voeux/")
    page.get_by_role("button", name="Reprendre mes favoris").press("Enter")
    expect(page.locator("[data-annonce]")).to_have_text("2 vœux dans votre liste.")
    monter = page.get_by_role("button", name="Monter le poste 1")
    monter.press("Enter")
    expect(page.locator("[data-annonce]")).to_have_text("Poste n° 1 : vœu 1 sur 2.")
    expect(monter).to_be_focused()
    assert own_wishes(place_of(theatre.amphi, 8)) == ("1", "5")
    expect(page.locator("[data-chance='1']")).to_contain_text("très peu probable")
    for vue in (TELEPHONE, BUREAU):
        page.set_viewport_size(vue)  # type: ignore[arg-type]
        check_accessible(page)
    page.get_by_role("link", name="Comment elle est calculée").first.click()
    expect(page.get_by_role("heading", name="La prévision des postes")).to_be_visible()
    for vue in (TELEPHONE, BUREAU):
        page.set_viewport_size(vue)  # type: ignore[arg-type]
        check_accessible(page)
    agent = theatre.agent(BUREAU).page
    agent.goto(f"/gestion/amphis/{theatre.amphi.pk}/prechoix/")
    expect(agent.get_by_text("6 internes ont déposé des vœux sur 8 pour cette vague.")).to_be_visible()
    check_accessible(agent)
