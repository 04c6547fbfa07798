"""From the link in the mail of a head of service to the public list, then a commission's minutes."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from gradin.data.agrements.models import Agrement, DossierService
from gradin.live.temps import maintenant_ms
from gradin.operations.agrements.campagnes import CampagneSaisie, open_campagne, send_lien
from gradin.operations.agrements.delais import day_of
from gradin.operations.commissions import seances
from tests.e2e.conftest import BUREAU, TELEPHONE, Theatre
from tests.e2e.test_ouverture import check_page
from tests.factories.comptes import make_agent
from tests.factories.referentiel import make_des

pytestmark = pytest.mark.navigateur
HEURE_MS = 3_600_000


def test_an_agrement_goes_from_the_link_of_a_service_to_the_public_list(theatre: Theatre) -> None:
    lieu, maintenant = theatre.amphi.subdivision, maintenant_ms()
    agent, jour = make_agent(lieu), day_of(maintenant, lieu.fuseau)
    service = theatre.amphi.postes.select_related("service").order_by("pk")[0].service
    Agrement.objects.create(
        subdivision=lieu, service=service, des=make_des(), phases=["socle"], capacite=2,
        du=jour - timedelta(days=900), au=jour + timedelta(days=90), courriel="chef@hopital.example",
    )  # fmt: skip
    fin = jour + timedelta(days=20)
    saisie = CampagneSaisie(
        subdivision=lieu.pk, annee=jour.year, ouvre=jour, clot=fin, expire_avant=jour + timedelta(days=365)
    )
    pk = open_campagne(saisie, agent, maintenant)
    adresse = send_lien(DossierService.objects.get(campagne=pk).pk, "", agent, maintenant)
    seances.create_commission(
        seances.CommissionSaisie(
            subdivision=lieu.pk, genre="agrement", intitule="Commission de mars", debut=maintenant - HEURE_MS
        ),
        agent,
        maintenant,
    )
    page = theatre.agent(BUREAU).page
    ask(page, "/agrements" + adresse.split("/agrements")[1])
    decide(page, pk, f"{jour + timedelta(days=91)}", f"{jour + timedelta(days=1_900)}")
    state_minutes(page)
    page.goto("/agrements/?q=service")
    expect(page.get_by_text("Approfondissement").first).to_be_visible()
    check_page(page)


def ask(page: Page, chemin: str) -> None:
    """By the link alone: who opens it is asked for no account."""
    page.set_viewport_size(TELEPHONE)  # type: ignore[arg-type]
    page.goto(chemin)
    page.get_by_role("button", name="Le dossier est exact ainsi").click()
    expect(page.get_by_text("Votre dossier est vérifié.")).to_be_visible()
    page.get_by_label("Phase d’approfondissement").first.check()
    page.get_by_label("Internes en même temps").first.fill("3")
    check_page(page)
    page.get_by_role("button", name="Déposer la demande").first.click()
    expect(page.get_by_text("Votre demande est enregistrée")).to_be_visible()


def decide(page: Page, pk: int, du: str, au: str) -> None:
    page.goto(f"/gestion/agrements/{pk}/")
    page.get_by_label("Cocher toute la page").check()
    page.locator("[name=du]").fill(du)
    page.get_by_label("Au, inclus").fill(au)
    page.get_by_label("Commission qui décide").select_option(label="Commission de mars")
    check_page(page)
    page.get_by_role("button", name="Accorder les cochées").click()
    expect(page.get_by_text("demande décidée")).to_be_visible()


def state_minutes(page: Page) -> None:
    """Three points of the usual agenda; nobody was convened."""
    page.goto("/gestion/commissions/")
    check_page(page)
    page.get_by_role("link", name="Commission de mars").click()
    for rang in range(3):
        point = page.get_by_role("form", name="Décision,").nth(rang)
        point.get_by_role("radio", name="Adopté").check()
        point.get_by_role("button", name="Enregistrer la décision").click()
        expect(page.get_by_text("La décision est enregistrée.")).to_be_visible()
    check_page(page)
    page.get_by_role("button", name="Arrêter le procès-verbal").click()
    expect(page.get_by_text("Procès-verbal arrêté le")).to_be_visible()
