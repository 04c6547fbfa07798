"""A published rank in a real browser: corrected by two agents, its difference read, its pre-flight passed."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from gradin.data.amphis.models import Amphi
from gradin.data.internes.models import Interne
from gradin.operations.preparation.amphis import DemandePreparation, prepare_groupes
from tests.e2e.conftest import BUREAU, TELEPHONE, Theatre
from tests.e2e.test_pages import check_accessible
from tests.factories.comptes import make_agent
from tests.factories.referentiel import make_groupe
from tests.factories.roster import make_inscrit, make_inscrits, make_offert

pytestmark = pytest.mark.navigateur
PAGES = ("liste/", "liste/ex-aequo/", "liste/versions/", "liste/corriger/", "liste/publier/", "controle/")


def prepare() -> Amphi:
    """Six internes with long names, the last two equal; one poste too few."""
    groupe = make_groupe("97")
    noms = ["de la Très-Longue-Particule", "Bo", "Cy", "Dé", "Eve"]
    make_inscrits(noms, effectif_local=614, groupe=groupe)
    make_inscrit("Zoé", rang_local=5, effectif_local=614, groupe=groupe)
    for n, interne in enumerate(Interne.objects.filter(ine__startswith="INE").order_by("pk")):
        Interne.objects.filter(pk=interne.pk).update(ine=f"{n:010d}EJ")
    for numero in ("11", "12", "13", "14", "15"):
        make_offert(numero, groupe=groupe)
    demande = DemandePreparation(semestre="2027-05", graine="graine")
    prepare_groupes(demande, (groupe.pk,), maintenant=datetime.now(UTC))
    return Amphi.objects.get(groupe=groupe)


def test_a_list_is_published_corrected_by_two_and_its_difference_read(theatre: Theatre) -> None:
    amphi = prepare()
    base = f"/gestion/amphis/{amphi.pk}/"
    page = theatre.agent(BUREAU).page
    page.goto(f"{base}controle/")
    check_accessible(page)
    page.get_by_role("link", name="Régler").filter(has_text="ex æquo").click()
    page.get_by_label("J’ai lu l’ordre").check()
    page.get_by_role("button", name="Confirmer").click()
    page.get_by_label("État de la liste").get_by_role("link", name="Publier").click()
    page.get_by_role("button", name="Publier et avertir").click()
    expect(page.get_by_text("Version 1, publiée")).to_be_visible()
    propose(page, base)
    approve(theatre, base)
    page.goto(f"{base}liste/versions/")
    expect(page.get_by_text("Rang local : 3 → 1")).to_be_visible()
    expect(page.get_by_text("gagne")).to_be_visible()
    acknowledge(page, base)
    check_on_a_phone(page, base)


def propose(page: Page, base: str) -> None:
    """The figure is corrected on the interne's page; the list follows by an act with its motive."""
    page.get_by_role("link", name="Prénom Cy").click()
    check_accessible(page)
    page.get_by_role("link", name="Corriger ses chiffres").click()
    page.get_by_label("Rang local").fill("1")
    page.get_by_label("Effectif promo local").fill("700")
    page.get_by_role("button", name="Enregistrer").click()
    page.goto(f"{base}liste/corriger/")
    expect(page.get_by_text("autres internes changent de rang")).to_be_visible()
    check_accessible(page)
    page.get_by_label("Motif").fill("Rang local rectifié par le CNG")
    page.get_by_role("button", name="Proposer").click()
    expect(page.get_by_text("Vous l’avez proposée")).to_be_visible()


def approve(theatre: Theatre, base: str) -> None:
    second = make_agent(theatre.amphi.subdivision, "second@ars.example").courriel
    page = theatre.entrer(second, BUREAU).page
    page.goto(f"{base}liste/")
    page.get_by_role("link", name="La relire").click()
    page.get_by_role("button", name="Approuver et publier").click()
    expect(page.get_by_role("heading", name="Version 2")).to_be_visible()
    check_accessible(page)


def acknowledge(page: Page, base: str) -> None:
    page.goto(f"{base}controle/")
    boites = page.get_by_role("checkbox")
    for n in range(boites.count()):
        boites.nth(n).check()
    page.get_by_role("button", name="Confirmer les points").click()
    expect(page.get_by_role("heading", name="Prêt à démarrer")).to_be_visible()
    check_accessible(page)


def check_on_a_phone(page: Page, base: str) -> None:
    page.set_viewport_size({"width": TELEPHONE["width"], "height": TELEPHONE["height"]})
    for fin in PAGES:
        page.goto(base + fin)
        check_accessible(page)
