"""The opening of postes by three people: a service proposes, the coordonnateur advises, the ARS decides."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from gradin.data.comptes.models import Role
from gradin.live.temps import maintenant_ms
from gradin.operations.comptes.agents import create_agent, parse_portee
from gradin.operations.ouverture.campagne import open_ouverture
from gradin.operations.ouverture.trace import Geste
from tests.e2e.conftest import BUREAU, TELEPHONE, Theatre
from tests.e2e.test_pages import check_accessible
from tests.factories.comptes import MOT_DE_PASSE, make_agent
from tests.factories.referentiel import make_des, make_hopital

pytestmark = pytest.mark.navigateur
SEMAINE_MS = 7 * 86_400_000


def test_a_seat_goes_from_the_service_s_wish_to_a_numbered_poste(theatre: Theatre) -> None:
    amphi = theatre.amphi
    geste = Geste(visiteur=make_agent(amphi.subdivision), maintenant=maintenant_ms())
    pk = open_ouverture(amphi.semestre.code, amphi.subdivision_id, maintenant_ms() + SEMAINE_MS, geste)
    propose(_partner(theatre, Role.ETABLISSEMENT, f"etablissement={make_hopital().nom}"))
    advise(_partner(theatre, Role.COORDONNATEUR, f"des={make_des().code_des}"))
    decide(theatre.agent(BUREAU).page, pk)


def propose(page: Page) -> None:
    page.goto("/mon-espace/")
    page.get_by_role("link", name="Proposer des postes").click()
    page.get_by_label("Service", exact=True).select_option(index=0)
    page.get_by_label("DES", exact=True).select_option(label="Médecine générale")
    page.get_by_label("Nombre de postes").fill("2")
    page.get_by_label("Fléchage").fill("Consultations avancées")
    check_page(page)
    page.get_by_role("button", name="Envoyer à l’ARS").click()
    expect(
        page.get_by_text("2\u00a0postes proposés à l’ARS").or_(page.get_by_text("2 postes proposés"))
    ).to_be_visible()


def advise(page: Page) -> None:
    page.goto("/mon-espace/")
    page.get_by_role("link", name="Donner mon avis").click()
    page.get_by_label("Cocher toute la page").check()
    page.get_by_role("radio", name="Réservé").check()
    page.get_by_label("Pourquoi, en une ligne").fill("Un seul senior.")
    check_page(page)
    page.get_by_role("button", name="Donner cet avis").click()
    expect(page.get_by_text("Votre avis est enregistré sur 2 postes.")).to_be_visible()


def decide(page: Page, pk: int) -> None:
    page.goto(f"/gestion/ouverture/{pk}/")
    check_page(page)
    page.get_by_role("link", name="Médecine générale").first.click()
    expect(page.get_by_text("Un seul senior.").first).to_be_visible()
    page.get_by_label("Cocher toute la page").check()
    expect(page.get_by_text("2 cochés")).to_contain_text("cela ferait 7 postes ouverts pour 4 nécessaires")
    check_page(page)
    page.get_by_role("button", name="Accorder les cochés").click()
    expect(page.get_by_text("2 postes accordés.")).to_be_visible()
    page.goto(f"/gestion/ouverture/{pk}/publier/")
    page.get_by_label("J’ai relu les numéros").check()
    page.get_by_role("button", name="Publier").click()
    expect(page.get_by_text("2 postes publiés")).to_be_visible()
    page.goto("/postes/?q=avancees")
    expect(page.get_by_text("Consultations avancées").first).to_be_attached()


def check_page(page: Page) -> None:
    """On a phone and on a desk."""
    for taille in (TELEPHONE, BUREAU):
        page.set_viewport_size(taille)  # type: ignore[arg-type]
        check_accessible(page)
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


def _partner(theatre: Theatre, role: Role, portee: str) -> Page:
    courriel = f"{role.value}-{theatre.amphi.pk}@role.example"
    create_agent(
        courriel=courriel,
        mot_de_passe=MOT_DE_PASSE,
        portees=[parse_portee(f"{theatre.amphi.subdivision.code}:{portee}")],
        maintenant=datetime.now(UTC),
        role=role,
    )
    return theatre.entrer(courriel, TELEPHONE).page
