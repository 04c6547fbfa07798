"""Prepares and chooses by the keyboard alone: nothing is reached but by Tab, nothing pressed but by keys."""

import pytest
from playwright.sync_api import Locator, Page, expect

from gradin.data.amphis.models import Affectation, Favori
from gradin.domain.amphi.commands import CorrigerChoix
from gradin.live.temps import maintenant_ms
from gradin.operations.amphis import demarrer_amphi, handle
from gradin.operations.imports.comparaison_postes import write_cles
from tests.e2e.conftest import BUREAU, Theatre

pytestmark = pytest.mark.navigateur
PRESSIONS = 150
ICI = "element => element === document.activeElement"


def reach(page: Page, cible: Locator) -> None:
    """Tab after Tab, as who has no mouse; never by focus()."""
    expect(cible).to_be_attached()
    for _ in range(PRESSIONS):
        page.keyboard.press("Tab")
        if cible.evaluate(ICI):
            return
    raise AssertionError(f"{cible} is not on the way of Tab")


def test_a_person_searches_stars_orders_and_chooses_with_the_keyboard_alone(theatre: Theatre) -> None:
    amphi = theatre.amphi
    amphi.parametres = {**amphi.parametres, "delai_absence_ms": 600_000, "duree_tour_ms": 600_000}
    amphi.save()
    for poste in amphi.postes.select_related("service__etablissement", "des", "groupe"):
        write_cles(poste)
        poste.save()
    assert demarrer_amphi(amphi.pk, auteur=None, maintenant=maintenant_ms()).statut == 201
    page = theatre.interne(1, BUREAU).page
    page.goto("/mon-amphi/favoris/")

    reach(page, page.get_by_label("Chercher", exact=True))
    page.keyboard.type("servcie")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Rien ne s’écrit", exact=False)).to_be_visible()
    for service in ("Service 4", "Service 5"):
        reach(page, page.get_by_role("button", name=f"Service en favori : {service}"))
        page.keyboard.press("Enter")
        expect(page.locator(".liste-favoris")).to_contain_text(service)
    monter = page.get_by_role("button", name="Monter Service 5")
    reach(page, monter)
    page.keyboard.press("Enter")
    expect(page.locator("[data-annonce]")).to_have_text("Service 5 : favori n° 1 sur 2.")
    assert [favori.service.imotep for favori in Favori.objects.order_by("ordre")] == ["75000005", "75000004"]

    reach(page, page.get_by_role("link", name="Mon amphithéâtre", exact=True).first)
    page.keyboard.press("Enter")
    # Before the styles are there every scene is visible.
    expect(page.get_by_role("heading", name="C’est votre tour", exact=True)).to_be_visible()
    reach(page, page.locator("[data-liste-favoris] [data-choisir]").first)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Non, revenir")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="C’est fait", exact=False)).to_be_focused()
    assert Affectation.objects.get(amphi=amphi).poste.numero == "5"

    # What the ARS then corrects is not « fait » by her.
    corrige = CorrigerChoix(
        interne=1, poste="4", motif="erreur", auteur="a@ars.example", second="b@ars.example"
    )
    assert not handle(amphi.pk, corrige, auteur=None, maintenant=maintenant_ms()).refusee
    expect(page.get_by_role("heading", name="L’ARS a corrigé votre choix")).to_be_visible()
    expect(page.get_by_text("Le poste n° 4 remplace le n° 5.", exact=False)).to_be_visible()
    expect(page.get_by_role("heading", name="C’est fait", exact=False)).to_have_count(0)
