"""Amphis, my card and affectations in a real browser: light on a desk, dark on a phone."""

import pytest
from playwright.sync_api import Page, expect

from gradin.data.amphis.models import Amphi
from gradin.data.profils.models import DemandeCorrection
from gradin.data.referentiel.models import Ufr
from gradin.live.temps import maintenant_ms
from tests.e2e.conftest import BUREAU, TELEPHONE, Theatre
from tests.e2e.test_pages import check_accessible
from tests.factories.amphis import make_amphi
from tests.factories.live import choose, start

pytestmark = pytest.mark.navigateur
DEMAIN = 2 * 86_400_000


def look(page: Page) -> None:
    """Without a fault, at its width and in its light."""
    etroit = page.viewport_size == TELEPHONE
    page.emulate_media(color_scheme="dark" if etroit else "light")
    check_accessible(page)


def test_an_affectation_enters_the_open_list_and_its_address_is_shared(theatre: Theatre) -> None:
    amphi = theatre.amphi
    Amphi.objects.update(parametres={**amphi.parametres, "noms_publics": "direct"})
    start(amphi, maintenant_ms())
    page = theatre.interne(3, BUREAU).page
    page.goto("/affectations/")
    expect(page.get_by_text("Aucune affectation à lire")).to_be_visible()
    choose(amphi, 1, "2", maintenant_ms())
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.get_by_role("columnheader")).to_have_count(11)
    page.get_by_text("Recherche avancée").click()
    page.get_by_label("Interne (prénom)").fill("prenom")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Filtrer").first.click()
    page.wait_for_url("**interne=prenom**")
    expect(page.locator("tbody tr")).to_contain_text("Prénom I.")
    look(page)
    page.set_viewport_size(TELEPHONE)
    look(page)
    with page.expect_download() as fichier:
        page.get_by_role("link", name="XLSX").click()
    assert fichier.value.suggested_filename.endswith(".xlsx")


@pytest.mark.parametrize("vue", [BUREAU, TELEPHONE], ids=["bureau", "mobile"])
def test_i_check_my_rank_tell_the_error_and_take_the_list_away(theatre: Theatre, vue: dict[str, int]) -> None:
    Amphi.objects.update(debut=None)
    amphi = make_amphi(internes=3, variante="suite", debut=maintenant_ms() + DEMAIN)
    Ufr.objects.create(nom="Lyon-Est")
    page = theatre.interne(2, vue).page
    page.goto("/")
    look(page)
    page.get_by_label("UFR", exact=True).select_option("Lyon-Est")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Votre UFR est enregistrée.")).to_be_visible()
    page.get_by_role("link", name="Signaler une erreur dans mon rang").click()
    page.get_by_label("Quel chiffre est faux").fill("Mon rang local est 7.")
    look(page)
    page.get_by_role("button", name="Envoyer à l’ARS").click()
    expect(page.get_by_text("L’ARS n’a pas encore répondu.")).to_be_visible()
    assert "Mon rang local est 7." in DemandeCorrection.objects.get().texte
    page.goto(f"/amphis/{amphi.pk}/liste-appel/")
    with page.expect_download() as fichier:
        page.get_by_role("link", name="PDF").click()
    assert fichier.value.suggested_filename.startswith(f"liste-appel-{amphi.pk}-v1")
    for lieu in ("/amphis/", f"/amphis/{amphi.pk}/liste-appel/", f"/amphis/{amphi.pk}/sessions/"):
        page.goto(lieu)
        look(page)
