"""An amphi given by its wishes: favourites, wishes, their closing, the postes, the journal that proves it."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from gradin.data.amphis.models import Amphi
from gradin.data.prechoix.models import Prechoix, Visibilite
from gradin.live.temps import maintenant_ms
from gradin.operations.courriers.enqueue import instant
from tests.e2e.accessibilite import violations
from tests.e2e.attente import until
from tests.e2e.conftest import BUREAU, TELEPHONE, Theatre
from tests.factories.amphis import add_favoris, make_amphi
from tests.integration.prechoix.conftest import open_wave, wish
from tests.verdict import check_journal

pytestmark = pytest.mark.navigateur


@pytest.fixture
def amphi(transactional_db: None) -> Amphi:
    """Ranks 1 and 3 have filed wishes, rank 2 has favourites that begin with what rank 1 wants."""
    now = maintenant_ms()
    parametres = {"par_voeux": True, "noms_publics": "direct"}
    amphi = make_amphi(internes=4, postes=4, parametres=parametres, debut=now - 60_000)
    open_wave(amphi, Visibilite.NOMBRES, instant(now))
    wish(amphi, {1: "2 1", 3: "2 3"}, now=instant(now))
    add_favoris(amphi, 2, ["2", "4"])
    return amphi


def check_page(page: Page) -> None:
    """Readable by all, at both widths."""
    for vue in (TELEPHONE, BUREAU):
        page.set_viewport_size(vue)  # type: ignore[arg-type]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in violations(page)] == []


def test_wishes_become_postes_in_call_order_and_the_journal_proves_it(
    theatre: Theatre, tmp_path: Path
) -> None:
    interne, agent = theatre.interne(2).page, theatre.agent().page
    interne.goto("/mon-amphi/voeux/")
    interne.get_by_role("button", name="Reprendre mes favoris").click()
    expect(interne.locator("[data-annonce]")).to_have_text("2 vœux dans votre liste.")

    agent.goto(f"/regie/amphis/{theatre.amphi.pk}/")
    for case in agent.get_by_role("checkbox").all():
        case.check()
    agent.get_by_role("button", name="Commencer l’amphithéâtre").click()
    attribuer = agent.get_by_role("link", name="Attribuer d’après les vœux")
    attribuer.click()
    agent.get_by_role("button", name="Attribuer définitivement").click()
    expect(agent.get_by_text("Les vœux ne sont pas clos").first).to_be_visible()

    interne.goto("/mon-amphi/")
    expect(interne.locator("h1:visible")).to_have_text("Vos vœux choisissent pour vous")
    expect(interne.get_by_text("Vous pouvez les changer jusqu’à")).to_be_visible()
    check_page(interne)
    hier = instant(maintenant_ms()) - timedelta(seconds=1)
    Prechoix.objects.filter(amphi=theatre.amphi).update(clot_at=hier)
    obtenu = interne.get_by_text("Vous auriez obtenu le poste n°\u00a04")
    until(interne, lambda: interne.goto("/mon-amphi/voeux/") and obtenu.count())
    check_page(interne)

    agent.goto(f"/regie/amphis/{theatre.amphi.pk}/")
    check_page(agent)
    attribuer.click()
    agent.get_by_role("button", name="Attribuer définitivement").click()
    expect(agent.get_by_role("heading", name="Les postes sont attribués")).to_be_visible()
    check_page(agent)
    interne.goto("/mon-amphi/")
    expect(interne.locator("h1:visible")).to_have_text("Vous avez choisi")
    interne.goto(f"/affectations/?amphi={theatre.amphi.pk}")
    expect(interne.locator("main")).to_contain_text("Prénom I.")

    agent.get_by_role("link", name="Clore", exact=True).click()
    agent.get_by_role("button", name=re.compile("Clore")).last.click()
    expect(agent.get_by_text("Amphithéâtre clos").first).to_be_visible()
    journal = check_journal(theatre.amphi, tmp_path)
    for rang, poste in ((1, "2"), (2, "4"), (3, "3")):
        assert f'"interne":{rang},"poste":"{poste}"' in journal
    call_command("verify_etat", str(theatre.amphi.pk))
