"""La salle in real Chromium: keyboard alone, no JavaScript, two tabs, every state accessible."""

import pytest
from playwright.sync_api import Page, expect

from gradin.data.amphis.models import Affectation
from gradin.domain.amphi.commands import Message, Pauser, Reprendre
from gradin.live.temps import maintenant_ms
from gradin.operations.amphis import demarrer_amphi, handle
from gradin.queries.etats import lire_etat
from tests.e2e.accessibilite import violations
from tests.e2e.attente import until
from tests.e2e.conftest import BUREAU, TELEPHONE, Theatre
from tests.factories.amphis import compte_of
from tests.factories.comptes import MOT_DE_PASSE

pytestmark = pytest.mark.navigateur


# The visitor's machine is minutes off, and its hour is all that the page could read of it.
DECALE = """(ecart) => {
  const Vraie = Date;
  globalThis.Date = class extends Vraie {
    constructor(...dit) { if (dit.length) super(...dit); else super(Vraie.now() + ecart); }
    static now() { return Vraie.now() + ecart; }
  };
}"""
DIX_MINUTES = 600_000


@pytest.fixture
def commence(theatre: Theatre) -> Theatre:
    """Rank 1 chooses; nobody is judged absent while the test looks."""
    amphi = theatre.amphi
    amphi.parametres = {**amphi.parametres, "delai_absence_ms": 600_000, "duree_tour_ms": 600_000}
    amphi.save()
    assert demarrer_amphi(amphi.pk, auteur=None, maintenant=maintenant_ms()).statut == 201
    return theatre


def _check_accessible(page: Page, quand: str) -> None:
    for mode in ("light", "dark"):
        page.emulate_media(color_scheme=mode, reduced_motion="reduce")  # type: ignore[arg-type]
        trouve = [regle["id"] for regle in violations(page)]
        assert trouve == [], f"{quand}, {mode}: {trouve}"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{quand} overflows"


def _check_countdown(page: Page, commence: Theatre) -> None:
    """T20, I18: the seconds shown are those that the server counts."""
    secondes = page.locator("[data-secondes]:visible").first

    def ecart() -> float:
        tour = lire_etat(commence.amphi.pk)[1].tour
        assert tour is not None
        return abs(int(secondes.inner_text()) - (tour.fin - maintenant_ms()) / 1000)

    assert until(page, lambda: ecart() < 1.5), f"{secondes.inner_text()} s shown"


@pytest.mark.parametrize("vue", [TELEPHONE, BUREAU], ids=["telephone", "bureau"])
def test_every_state_of_the_room_is_accessible(commence: Theatre, vue: dict[str, int]) -> None:
    premiere, deuxieme = commence.interne(1, vue).page, commence.interne(2, vue).page
    for page in (premiere, deuxieme):
        page.add_init_script(f"({DECALE})({DIX_MINUTES if vue is TELEPHONE else -DIX_MINUTES})")
        page.goto("/mon-amphi/")
    expect(premiere.locator("h1:visible")).to_have_text("C’est votre tour")
    _check_countdown(premiere, commence)
    _check_accessible(premiere, "my turn")
    expect(deuxieme.locator("h1:visible")).to_contain_text("devant vous")
    _check_accessible(deuxieme, "waiting")
    premiere.locator("[data-choisir]").first.click()
    _check_accessible(premiere, "the question")
    handle(
        commence.amphi.pk, Message(texte="Nous aidons une interne."), auteur=None, maintenant=maintenant_ms()
    )
    handle(commence.amphi.pk, Pauser(), auteur=None, maintenant=maintenant_ms())
    expect(deuxieme.locator("h1:visible")).to_have_text("L’ARS a mis en pause")
    expect(premiere.get_by_text("En pause : votre temps est gardé", exact=False)).to_be_visible()
    _check_accessible(deuxieme, "pause")


def test_a_choice_is_made_with_the_keyboard_alone(commence: Theatre) -> None:
    page = commence.interne(1).page
    page.goto("/mon-amphi/")
    bouton = page.locator('[data-poste="2"] [data-choisir]')
    bouton.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Non, revenir")).to_be_focused()
    page.keyboard.press("Escape")
    expect(bouton).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="C’est fait", exact=False)).to_be_focused()
    assert Affectation.objects.get(amphi=commence.amphi).poste.numero == "2"


def test_two_tabs_of_one_person_follow_through_one_stream(commence: Theatre) -> None:
    personne = commence.interne(2)
    flux: list[str] = []
    personne.contexte.on("request", lambda r: flux.append(r.url) if "/direct?" in r.url else None)
    onglets = [personne.page, personne.contexte.new_page()]
    for page in onglets:
        page.goto("/mon-amphi/")
        expect(page.locator("h1:visible")).to_contain_text("1")
    handle(commence.amphi.pk, Pauser(), auteur=None, maintenant=maintenant_ms())
    for page in onglets:
        expect(page.locator("h1:visible")).to_have_text("L’ARS a mis en pause")
    assert len(flux) == 1
    onglets[0].close()
    handle(commence.amphi.pk, Reprendre(), auteur=None, maintenant=maintenant_ms())
    expect(onglets[1].locator("h1:visible")).to_contain_text("devant vous")
    assert len(flux) == 2


def test_without_javascript_one_chooses_by_plain_forms(commence: Theatre) -> None:
    navigateur = commence.interne(1).contexte.browser
    assert navigateur is not None
    contexte = navigateur.new_context(
        java_script_enabled=False, base_url=commence.serveur.url, viewport=TELEPHONE, locale="fr-FR"
    )
    page = contexte.new_page()
    page.goto("/connexion/")
    page.get_by_label("Courriel").fill(compte_of(commence.amphi, 1).email)
    page.get_by_label("Mot de passe").fill(MOT_DE_PASSE)
    page.get_by_role("button", name="Se connecter").click()
    page.goto("/mon-amphi/")
    page.get_by_role("button", name="Choisir le poste 3").click()
    page.get_by_role("button", name="Oui je confirme").click()
    expect(page.get_by_role("heading", name="C’est fait", exact=False)).to_be_visible()
    assert Affectation.objects.get(amphi=commence.amphi).poste.numero == "3"
    contexte.close()
