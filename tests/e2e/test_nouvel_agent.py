"""A new agent, the two files of the ARS, a running amphi: counted in clicks and in pages."""

import re
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Frame, Locator, Page, expect

from gradin.data.amphis.models import Amphi
from tests.e2e.conftest import BUREAU, TELEPHONE, Theatre
from tests.e2e.test_pages import check_accessible
from tests.factories.comptes import MOT_DE_PASSE, make_agent
from tests.factories.referentiel import make_subdivision

pytestmark = pytest.mark.navigateur
FICHIERS = Path(__file__).parents[2] / "gradin" / "cli" / "demo"
CLICS, PAGES = 60, 12
LENTEUR = 120_000


class Agent:
    """One browser that counts: every click, and every page loaded after the first address."""

    def __init__(self, page: Page) -> None:
        self.page, self.clics, self.pages = page, 0, 0
        page.on("framenavigated", self._loaded)

    def _loaded(self, cadre: Frame) -> None:
        self.pages += cadre == self.page.main_frame

    def click(self, cible: Locator) -> None:
        self.clics += 1
        cible.click()

    def press(self, mot: str | re.Pattern[str]) -> None:
        self.click(self.page.get_by_role("button", name=mot))

    def follow(self, mot: str | re.Pattern[str]) -> None:
        self.click(self.page.get_by_role("link", name=mot).first)


def test_a_new_agent_goes_from_two_files_to_a_running_amphi(theatre: Theatre) -> None:
    make_agent(make_subdivision("LYON", "Lyon"), "nouveau@ars.example")
    contexte = theatre.agent(BUREAU).contexte
    contexte.clear_cookies()
    page = contexte.new_page()
    agent = Agent(page)
    page.goto("/")
    sign_in(agent)
    bring(agent, "Déposer le fichier des internes", "internes", semestre="2027-05")
    bring(agent, "Déposer le fichier des postes", "postes")
    agent.follow("Continuer le semestre")
    prepare(agent)
    for case in page.get_by_role("checkbox").all():
        agent.click(case)
    agent.press("Publier les listes cochées")
    agent.follow(re.compile("^Démarrer"))
    for case in page.get_by_role("checkbox").all():
        agent.click(case)
    agent.press("Commencer l’amphithéâtre")
    expect(page.get_by_role("button", name="Mettre en pause")).to_be_visible(timeout=LENTEUR)
    assert Amphi.objects.filter(etat="en_cours", subdivision__code="LYON").count() == 1
    assert agent.clics <= CLICS and agent.pages <= PAGES, (agent.clics, agent.pages)
    check_pages(page)


def sign_in(agent: Agent) -> None:
    agent.follow(re.compile("connecter|Connexion"))
    agent.page.get_by_label("courriel", exact=False).first.fill("nouveau@ars.example")
    agent.page.get_by_label("Mot de passe", exact=False).first.fill(MOT_DE_PASSE)
    agent.press("Se connecter")


def bring(agent: Agent, mot: str, nature: str, semestre: str = "") -> None:
    if semestre:
        agent.page.get_by_role("combobox", name="Semestre").select_option(semestre)
    agent.clics += 1
    agent.page.get_by_label("Fichier", exact=True).set_input_files(FICHIERS / f"{nature}-lyon-2027-05.xlsx")
    agent.press(mot)
    enregistrer = agent.page.get_by_role("button", name="Enregistrer")
    expect(enregistrer).to_be_visible(timeout=LENTEUR)
    agent.click(enregistrer)
    expect(agent.page.get_by_text("Import enregistré")).to_be_visible(timeout=LENTEUR)


def prepare(agent: Agent) -> None:
    """From this very hour on, or from the first one of tomorrow."""
    maintenant = datetime.now(ZoneInfo("Europe/Paris")) + timedelta(minutes=2)
    agent.page.get_by_label("Jour de la première session").fill(f"{maintenant:%Y-%m-%d}")
    agent.page.get_by_label("Heure").fill(f"{maintenant:%H:%M}")
    agent.page.set_default_timeout(LENTEUR)
    agent.press("Préparer les amphis")


def check_pages(page: Page) -> None:
    """Postponed, previewed, and every page of the semester as clean on a telephone."""
    amphi = Amphi.objects.filter(subdivision__code="LYON", seq=0).order_by("pk").first()
    assert amphi is not None
    un = f"/gestion/amphis/{amphi.pk}"
    campagne = f"?semestre=2027-05&subdivision={amphi.subdivision_id}"
    lieux = [f"/gestion/{acte}/{campagne}" for acte in ("publier", "reporter", "parametres")]
    lieux += ["/gestion/", f"{un}/reporter/", f"{un}/parametres/"]
    larges = ["/gestion/", f"{un}/parametres/"]
    for vue, vus in ((BUREAU, larges), (TELEPHONE, lieux)):
        page.set_viewport_size({"width": vue["width"], "height": vue["height"]})
        for lieu in vus:
            page.goto(lieu)
            check_accessible(page)
