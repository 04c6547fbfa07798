"""Favourites in real Chromium: by keyboard alone, by stars in the room, chosen from on my turn."""

import pytest
from playwright.sync_api import Page, expect

from gradin.data.amphis.models import Affectation, Favori
from gradin.data.postes.models import Poste
from gradin.live.temps import maintenant_ms
from gradin.operations.amphis import demarrer_amphi
from tests.e2e.accessibilite import violations
from tests.e2e.conftest import BUREAU, TELEPHONE, Theatre
from tests.factories.live import choose

pytestmark = pytest.mark.navigateur
VUES = pytest.mark.parametrize("vue", [TELEPHONE, BUREAU], ids=["telephone", "bureau"])


@pytest.fixture
def services(theatre: Theatre) -> Theatre:
    """Postes 1, 2 and 3 in one service, 4 and 5 each in its own."""
    premier = Poste.objects.get(numero="1").service
    Poste.objects.filter(numero__in=("2", "3")).update(service=premier)
    return theatre


def check_accessible(page: Page) -> None:
    for mode in ("light", "dark"):
        page.emulate_media(color_scheme=mode, reduced_motion="reduce")  # type: ignore[arg-type]
        fautes = [(v["id"], [n["target"] for n in v["nodes"]]) for v in violations(page)]
        assert fautes == [], (page.url, mode, fautes)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


def names(page: Page) -> list[str]:
    return page.locator(".liste-favoris .service__nom").all_inner_texts()


@VUES
def test_favourites_are_ordered_with_the_keyboard_alone(services: Theatre, vue: dict[str, int]) -> None:
    page = services.interne(1, vue).page
    page.goto("/mon-amphi/favoris/")
    expect(page.get_by_text("Aucun favori enregistré")).to_be_visible()
    check_accessible(page)
    for service in ("Service 1", "Service 4", "Service 5"):
        page.get_by_role("button", name=f"Service en favori : {service}").focus()
        page.keyboard.press("Enter")
        expect(page.locator(".liste-favoris")).to_contain_text(service)
    monter = page.get_by_role("button", name="Monter Service 5")
    monter.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-annonce]")).to_have_text("Service 5 : favori n° 2 sur 3.")
    expect(monter).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[data-annonce]")).to_have_text("Service 5 : favori n° 1 sur 3.")
    assert names(page) == ["Service 5", "Service 1", "Service 4"]
    numero = page.get_by_label("Numéro d’ordre de Service 4")
    numero.focus()
    numero.fill("1")
    page.keyboard.press("Enter")
    expect(page.locator("[data-annonce]")).to_have_text("Service 4 : favori n° 1 sur 3.")
    expect(numero).to_be_focused()
    page.locator("#f75000001 summary").press("Enter")
    page.get_by_role("button", name="Monter le poste 3").press("Enter")
    expect(page.locator("[data-annonce]")).to_have_text("Poste n° 3 : 2 sur 3 dans Service 1.")
    check_accessible(page)
    assert [f.poste.numero if f.poste else f.service.imotep for f in Favori.objects.order_by("ordre")] == [
        "75000004", "75000005", "1", "3", "2", "75000001",
    ]  # fmt: skip


def test_a_service_is_dragged_to_its_place(services: Theatre) -> None:
    page = services.interne(1, BUREAU).page
    page.goto("/mon-amphi/favoris/")
    for service in ("Service 1", "Service 4"):
        page.get_by_role("button", name=f"Service en favori : {service}").click()
        expect(page.locator(".liste-favoris")).to_contain_text(service)
    lignes = page.locator(".liste-favoris > li")
    lignes.nth(1).locator("[data-poignee]").drag_to(lignes.nth(0))
    expect(page.locator("[data-annonce]")).to_have_text("Service 4 : favori n° 1 sur 2.")
    assert names(page) == ["Service 4", "Service 1"]


@VUES
def test_stars_of_the_room_make_the_list_i_choose_from(services: Theatre, vue: dict[str, int]) -> None:
    """Two postes of one service above, the third below; a taken one stays, red; I choose the other."""
    amphi = services.amphi
    amphi.parametres = {**amphi.parametres, "delai_absence_ms": 600_000, "duree_tour_ms": 600_000}
    amphi.save()
    assert demarrer_amphi(amphi.pk, auteur=None, maintenant=maintenant_ms()).statut == 201
    page = services.interne(2, vue).page
    page.goto("/mon-amphi/")
    page.get_by_role("button", name="Poste 3 en favori").click()
    expect(
        page.get_by_text("Vous sélectionnez un poste et non tous les postes offerts du service", exact=False)
    ).to_be_visible()
    page.get_by_role("button", name="Poste 1 en favori").click()
    favoris = page.locator("[data-liste-favoris]")
    expect(favoris).to_contain_text("2\u00a0disponibles – 2\u00a0favoris")
    assert favoris.locator("[data-poste]").evaluate_all("l => l.map((un) => un.dataset.poste)") == ["3", "1"]
    expect(page.locator("[data-liste] [data-poste='2']")).to_have_count(1)
    check_accessible(page)
    choose(amphi, 1, "3", maintenant_ms())
    expect(page.locator("h1:visible")).to_have_text("C’est votre tour")
    expect(favoris.locator("[data-poste='3']")).to_contain_text("Pourvu")
    expect(favoris).to_contain_text("1\u00a0disponible – 2\u00a0favoris")
    favoris.locator("[data-poste='1'] [data-choisir]").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="C’est fait", exact=False)).to_be_visible()
    assert {a.poste.numero for a in Affectation.objects.filter(amphi=amphi)} == {"1", "3"}


@VUES
def test_enter_adds_a_value_and_filtrer_searches(services: Theatre, vue: dict[str, int]) -> None:
    page = services.interne(1, vue).page
    page.goto("/postes/")
    page.get_by_text("Recherche avancée").click()
    champ = page.get_by_label("Numéro", exact=True)
    for numero in ("2", "4"):
        champ.fill(numero)
        champ.press("Enter")
    expect(page.get_by_role("button", name="Retirer 2")).to_be_visible()
    check_accessible(page)
    page.get_by_role("button", name="Filtrer").first.click()
    page.wait_for_url("**/postes/?numero=2&numero=4")
    expect(page.get_by_text("2\u00a0postes", exact=True)).to_be_visible()
    page.goto("/postes/?numero=2&numero=4&vue=poste")
    check_accessible(page)
