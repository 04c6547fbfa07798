"""Parcours, maquette and situation in real Chromium: declared, validated, seen, at both widths."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from gradin.data.amphis.models import Amphi
from gradin.data.comptes.models import Role
from gradin.data.referentiel.models import Ufr
from gradin.live.temps import maintenant_ms
from gradin.operations.comptes.agents import create_agent, parse_portee
from tests.e2e.conftest import BUREAU, TELEPHONE, Theatre
from tests.e2e.test_pages import check_accessible
from tests.factories.amphis import make_amphi
from tests.factories.comptes import MOT_DE_PASSE
from tests.integration.parcours.conftest import add_ligne, inscription_of, service, write_maquette

pytestmark = pytest.mark.navigateur


@pytest.fixture
def amphi(transactional_db: None) -> Amphi:
    """Rank 1, promotion 2023, did « Service 1 » in November 2023; the semesters after it are unknown."""
    amphi = make_amphi(internes=2, postes=3, debut=maintenant_ms() + 86_400_000)
    write_maquette()
    une = inscription_of(amphi, 1)
    une.promotion = 2023
    une.save()
    une.interne.ufr = Ufr.objects.create(nom="Paris Cité")
    une.interne.save()
    add_ligne(une.interne, "2023-11", service=service(1))
    create_agent(
        courriel="faculte@role.example",
        mot_de_passe=MOT_DE_PASSE,
        portees=[parse_portee("IDF:ufr=Paris Cité")],
        maintenant=datetime.now(UTC),
        role=Role.FACULTE,
    )
    return amphi


def test_a_past_semester_is_declared_validated_and_moves_the_maquette(theatre: Theatre) -> None:
    page = theatre.interne(1, TELEPHONE).page
    page.goto("/mon-parcours/")
    check_accessible(page)
    page.get_by_role("link", name="Le déclarer : mai 2024").click()
    page.get_by_role("button", name="Déclarer ce semestre").click()
    expect(page.get_by_role("alert").first).to_contain_text("un service que la plateforme connaît")
    page.get_by_label("Service", exact=False).first.fill("75000002")
    page.get_by_label("DES au titre duquel il compte").select_option("33")
    check_accessible(page)
    page.get_by_role("button", name="Déclarer ce semestre").click()
    expect(page.get_by_text("à valider par la faculté").first).to_be_visible()
    faculte = theatre.entrer("faculte@role.example", BUREAU).page
    faculte.goto("/mon-espace/parcours/")
    check_accessible(faculte)
    faculte.get_by_label("mai 2024", exact=False).check()
    faculte.get_by_role("button", name="Valider les cochés").click()
    expect(faculte.get_by_text("1 semestre validé")).to_be_visible()
    for adresse in ("/mon-espace/maquettes/", f"/mon-espace/maquettes/{_des(theatre)}/"):
        faculte.goto(adresse)
        check_accessible(faculte)
    page.goto("/ma-maquette/")
    expect(page.get_by_text("1 fait sur 1")).to_have_count(2)
    _both(page, "/ma-maquette/", "/ma-maquette/droit-au-remords/?des=33", "/mon-parcours/")


def test_the_ars_opens_the_situation_and_reads_what_an_interne_answers(theatre: Theatre) -> None:
    agent = theatre.agent(BUREAU).page
    agent.goto("/gestion/situation-semestrielle/")
    agent.get_by_label("Jour d’ouverture").fill("2026-01-05")
    agent.get_by_label("Jour du verrouillage").fill("2099-01-05")
    agent.get_by_role("button", name="Ouvrir la campagne").click()
    expect(agent.get_by_text("Campagne enregistrée.")).to_be_visible()
    page = theatre.interne(1, TELEPHONE).page
    page.goto("/ma-situation/")
    page.get_by_label("Année-recherche").check()
    page.get_by_label("Mes souhaits", exact=False).fill("Un stage à Tours")
    check_accessible(page)
    page.get_by_role("button", name="Enregistrer ma situation").click()
    expect(page.get_by_text("Votre situation est enregistrée")).to_be_visible()
    agent.goto("/gestion/situation-semestrielle/?vue=tous")
    expect(agent.get_by_text("Un stage à Tours")).to_be_visible()
    interne = inscription_of(theatre.amphi, 1).interne_id
    _both(agent, "/gestion/situation-semestrielle/", "/gestion/parcours/", f"/gestion/parcours/{interne}/")


def _des(theatre: Theatre) -> int:
    return inscription_of(theatre.amphi, 1).des_id


def _both(page: Page, *adresses: str) -> None:
    for adresse in adresses:
        page.goto(adresse)
        for vue in (TELEPHONE, BUREAU):
            page.set_viewport_size(vue)  # type: ignore[arg-type]
            check_accessible(page)
