"""An individual demand in a real browser, from the interne to the coordonnateur and the ARS."""

import pytest
from playwright.sync_api import expect

from gradin.data.comptes.models import Portee, Role
from gradin.data.internes.models import Interne
from tests.e2e.conftest import BUREAU, TELEPHONE, Theatre
from tests.e2e.test_pages import check_accessible
from tests.factories.comptes import make_compte
from tests.factories.referentiel import make_des, make_subdivision

pytestmark = pytest.mark.navigateur
COORDONNATEUR = "coordonnateur@fac.example"


def test_a_year_of_research_is_asked_advised_and_accepted(theatre: Theatre) -> None:
    compte = make_compte(COORDONNATEUR, Role.COORDONNATEUR, "Pr Vasseur-Delaunay de la Roche")
    Portee.objects.get_or_create(compte=compte, subdivision=make_subdivision(), specialite=make_des())
    interne = theatre.interne(2, TELEPHONE).page
    interne.goto("/mes-demandes/")
    check_accessible(interne)
    interne.get_by_role("link", name="Année-recherche").click()
    interne.get_by_label("Sujet et laboratoire").fill("Dépistage en soins primaires")
    interne.get_by_label("Votre projet").fill("Un master 2 dans le laboratoire qui m’accueille.")
    interne.get_by_role("button", name="Déposer la demande").click()
    expect(interne.get_by_text("Votre demande est déposée")).to_be_visible()
    check_accessible(interne)
    assert interne.evaluate("document.documentElement.scrollWidth") <= 390

    agent = theatre.agent(BUREAU).page
    agent.goto("/gestion/situations/")
    check_accessible(agent)
    agent.get_by_role("table").get_by_role("link").first.click()
    agent.get_by_role("button", name="Commencer l’instruction").click()
    expect(agent.get_by_text("L’avis du coordonnateur est attendu")).to_be_visible()

    coordo = theatre.entrer(COORDONNATEUR, TELEPHONE).page
    coordo.goto("/mon-espace/demandes/")
    check_accessible(coordo)
    coordo.get_by_label("Favorable", exact=True).check()
    coordo.get_by_role("button", name="Donner cet avis").click()
    expect(coordo.get_by_text("Votre avis est transmis")).to_be_visible()

    agent.reload()
    check_accessible(agent)
    agent.get_by_role("button", name="Accepter").click()
    check_accessible(agent)
    agent.get_by_role("button", name="Oui, accepter").click()
    expect(agent.get_by_text("Demande acceptée").first).to_be_visible()
    interne.goto("/mes-demandes/")
    expect(interne.get_by_text("Acceptée")).to_be_visible()


def test_an_agent_gives_a_poste_before_the_amphi_and_finds_it_in_the_trail(theatre: Theatre) -> None:
    ine = Interne.objects.filter(inscriptions__places__amphi=theatre.amphi).latest("pk").ine
    numero = theatre.amphi.postes.latest("pk").numero
    page = theatre.agent(BUREAU).page
    page.goto("/gestion/hors-choix/")
    page.get_by_label("INE ; numéro").fill(f"{ine} ; {numero}")
    page.get_by_label("Affectation hors choix").check()
    page.get_by_label("Motif, gardé").fill("Décision 12")
    page.get_by_role("button", name="Vérifier").click()
    check_accessible(page)
    page.get_by_role("button", name="Attribuer 1").click()
    expect(page.get_by_text("En vigueur")).to_be_visible()
    page.goto("/gestion/journal/")
    check_accessible(page)
    expect(page.get_by_role("table")).to_contain_text("Décision 12")
