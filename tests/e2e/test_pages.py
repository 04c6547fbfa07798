"""Public pages and the régie in a real browser: live, by keyboard, without an accessibility fault."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from gradin.data.comptes.models import Portee, Role
from gradin.data.referentiel.models import Etablissement
from gradin.live.temps import maintenant_ms
from tests.e2e.accessibilite import violations
from tests.e2e.conftest import BUREAU, TELEPHONE, Theatre
from tests.factories.comptes import make_compte
from tests.factories.live import start

pytestmark = pytest.mark.navigateur
PUBLIQUES = (
    "/",
    "/postes/",
    "/postes/?vue=poste",
    "/postes/?q=introuvable",
    "/services/75000001/",
    "/amphis/",
    "/amphis/{amphi}/liste-appel/",
    "/amphis/{amphi}/sessions/",
    "/amphis/{amphi}/ecran/",
    "/affectations/",
    "/informations/",
)


def check_accessible(page: Page) -> None:
    page.wait_for_load_state("load")
    # A colour on its way to another has no contrast of its own.
    page.emulate_media(reduced_motion="reduce")
    fautes = [(v["id"], [n["target"] for n in v["nodes"]]) for v in violations(page)]
    assert fautes == [], (page.url, fautes)
    deborde = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert deborde <= 0, page.url


@pytest.fixture(params=[("clair", BUREAU), ("sombre", TELEPHONE)], ids=["bureau-clair", "mobile-sombre"])
def visiteur(request: pytest.FixtureRequest, theatre: Theatre, browser: Browser) -> Iterator[Page]:
    mode, vue = request.param
    contexte = browser.new_context(
        viewport=vue,
        locale="fr-FR",
        base_url=theatre.serveur.url,
        color_scheme="dark" if mode == "sombre" else "light",
    )
    yield contexte.new_page()
    contexte.close()


def test_public_pages_have_no_accessibility_fault(theatre: Theatre, visiteur: Page) -> None:
    start(theatre.amphi, maintenant_ms())
    for adresse in PUBLIQUES:
        visiteur.goto(adresse.format(amphi=theatre.amphi.pk))
        check_accessible(visiteur)


@pytest.mark.parametrize("vue", [BUREAU, TELEPHONE], ids=["bureau", "mobile"])
def test_the_regie_has_no_accessibility_fault(theatre: Theatre, vue: dict[str, int]) -> None:
    page = theatre.agent(vue).page
    adresse = f"/regie/amphis/{theatre.amphi.pk}/"
    for lieu in ("/regie/", adresse, f"/gestion/amphis/{theatre.amphi.pk}/sessions/"):
        page.goto(lieu)
        check_accessible(page)
    start(theatre.amphi, maintenant_ms())
    for lieu in (adresse, f"{adresse}?vue=postes", f"{adresse}?file=entiere", f"{adresse}internes/1/"):
        page.goto(lieu)
        check_accessible(page)
    for acte in ("message", "choisir_pour", "clore", "type_choix&interne=2", "coupler&interne=2", "pause"):
        page.goto(f"{adresse}actes/?acte={acte}")
        check_accessible(page)
    page.goto(adresse)
    page.get_by_role("link", name="Message à tous").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    check_accessible(page)


def test_the_pages_of_partners_have_no_accessibility_fault(theatre: Theatre) -> None:
    amphi, lieu = theatre.amphi, Etablissement.objects.get()
    hopital = make_compte("affaires@hopital.example", Role.ETABLISSEMENT)
    Portee.objects.create(compte=hopital, subdivision=amphi.subdivision, etablissement=lieu)
    porteur = make_compte("representant@syndicat.example", Role.REPRESENTANT)
    Portee.objects.create(compte=porteur, subdivision=amphi.subdivision, groupe=amphi.groupe)
    prechoix = f"amphis/{amphi.pk}/prechoix/"
    for compte, adresses in ((hopital, ("", "postes/", "affectations/")), (porteur, ("", prechoix))):
        page = theatre.entrer(compte.email, BUREAU).page
        for adresse in adresses:
            page.goto(f"/mon-espace/{adresse}")
            for vue in (BUREAU, TELEPHONE):
                page.set_viewport_size(vue)  # type: ignore[arg-type]
                check_accessible(page)


def test_a_choice_turns_the_poste_red_on_an_open_list(theatre: Theatre, visiteur: Page) -> None:
    amphi = theatre.amphi
    visiteur.goto("/postes/?vue=poste")
    expect(visiteur.get_by_text("Pourvu", exact=True)).to_have_count(0)
    agent = theatre.agent().page
    agent.goto(f"/regie/amphis/{amphi.pk}/")
    begin(agent)
    choose_for_the_one_choosing(agent, "2")
    expect(visiteur.locator("tr.est-pourvu")).to_have_count(1)
    expect(visiteur.locator("tr.est-pourvu")).to_contain_text("Pourvu")


def test_a_dialog_opens_on_no_closes_by_escape_and_gives_the_focus_back(theatre: Theatre) -> None:
    page = theatre.agent().page
    page.goto(f"/regie/amphis/{theatre.amphi.pk}/")
    begin(page)
    page.get_by_role("link", name="Choisir à sa place").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page.get_by_role("link", name="Non, revenir")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("link", name="Choisir à sa place")).to_be_focused()


def test_pause_stops_the_seconds_and_resume_gives_them_back(theatre: Theatre) -> None:
    page = theatre.agent().page
    page.goto(f"/regie/amphis/{theatre.amphi.pk}/")
    begin(page)
    page.get_by_role("button", name="Mettre en pause").click()
    expect(page.get_by_role("button", name="Reprendre")).to_be_visible()
    reste = page.locator("[data-temps]").inner_text()
    page.wait_for_timeout(2_200)
    expect(page.locator("[data-temps]")).to_have_text(reste)
    page.get_by_role("button", name="Reprendre").click()
    expect(page.get_by_role("button", name="Mettre en pause")).to_be_visible()
    expect(page).to_have_title(re.compile("choisit"))


def test_two_agents_see_the_same_act_at_once(theatre: Theatre) -> None:
    un, deux = theatre.agent().page, theatre.agent().page
    un.goto(f"/regie/amphis/{theatre.amphi.pk}/")
    begin(un)
    deux.goto(f"/regie/amphis/{theatre.amphi.pk}/")
    un.get_by_role("link", name="Message à tous").click()
    un.get_by_role("textbox", name="Message").fill("Reprise à 14 heures")
    un.get_by_role("button", name="Envoyer à tous").click()
    expect(deux.get_by_text("Reprise à 14 heures")).to_be_visible()


def test_the_regie_runs_without_javascript(theatre: Theatre, browser: Browser) -> None:
    page = theatre.agent().page
    contexte = browser.new_context(
        java_script_enabled=False, base_url=theatre.serveur.url, storage_state=page.context.storage_state()
    )
    nu = contexte.new_page()
    nu.goto(f"/regie/amphis/{theatre.amphi.pk}/")
    for case in nu.get_by_role("checkbox").all():
        case.check()
    nu.get_by_role("button", name="Commencer l’amphithéâtre").click()
    nu.get_by_role("link", name="Choisir à sa place").click()
    nu.get_by_label("N° du poste").fill("3")
    nu.get_by_label("Motif").fill("Par téléphone")
    nu.get_by_role("button", name="Enregistrer ce choix").click()
    expect(nu.get_by_text("Le choix est enregistré.")).to_be_visible()
    expect(nu.locator(".journal")).to_contain_text("Par téléphone")
    contexte.close()


def begin(page: Page) -> None:
    for case in page.get_by_role("checkbox").all():
        case.check()
    page.get_by_role("button", name="Commencer l’amphithéâtre").click()
    expect(page.get_by_role("button", name="Mettre en pause")).to_be_visible()
    # Its modules have run: before them a link is followed as in any page.
    page.wait_for_load_state()


def choose_for_the_one_choosing(page: Page, poste: str) -> None:
    page.get_by_role("link", name="Choisir à sa place").click()
    page.get_by_label("N° du poste").fill(poste)
    page.get_by_label("Motif").fill("Par téléphone")
    page.get_by_role("button", name="Enregistrer ce choix").click()
    expect(page.get_by_text("Le choix est enregistré.")).to_be_visible()
