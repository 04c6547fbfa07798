"""In the pocket: reading without network, eight tabs at once, a slow link that breaks during my turn."""

import json

import pytest
from playwright.sync_api import Page, expect

from gradin.data.amphis.models import Affectation, Favori, Place
from gradin.data.postes.models import Poste
from gradin.live.temps import maintenant_ms
from gradin.operations.amphis import demarrer_amphi
from tests.e2e.accessibilite import violations
from tests.e2e.attente import until
from tests.e2e.conftest import Theatre

pytestmark = pytest.mark.navigateur
GARDEES = "async () => (await (await caches.open('gradin-pages')).keys()).map((r) => new URL(r.url).pathname)"

# What the page asks of the screen, and gives back.
ECRAN = """
globalThis.ecran = [];
Object.defineProperty(navigator, "wakeLock", { value: { request: async (quoi) => {
  ecran.push(quoi);
  return { released: false, release() { this.released = true; ecran.push("rendu"); } };
} } });
"""


@pytest.fixture
def commence(theatre: Theatre) -> Theatre:
    """Rank 1 chooses, and has all his time; poste 2 is his favourite."""
    amphi = theatre.amphi
    amphi.parametres = {**amphi.parametres, "delai_absence_ms": 600_000, "duree_tour_ms": 600_000}
    amphi.save()
    place = Place.objects.get(amphi=amphi, rang=1)
    Favori.objects.create(inscription=place.inscription, ordre=1, poste=Poste.objects.get(numero="2"))
    assert demarrer_amphi(amphi.pk, auteur=None, maintenant=maintenant_ms()).statut == 201
    return theatre


def _wait_until_kept(page: Page, chemin: str) -> None:
    """A page that came before its worker was ready is kept when it is asked again."""
    page.evaluate("async () => { await navigator.serviceWorker.ready; }")
    page.reload()
    until(page, lambda: chemin in page.evaluate(GARDEES))


def test_favourites_are_read_without_network_and_nothing_else_is_done(commence: Theatre) -> None:
    personne = commence.interne(1)
    page, contexte = personne.page, personne.contexte
    page.goto("/mon-amphi/favoris/")
    _wait_until_kept(page, "/mon-amphi/favoris/")
    page.goto("/mon-amphi/")
    page.locator('[data-poste="2"] [data-choisir]').first.click()
    oui = page.get_by_role("button", name="Oui je confirme")
    expect(oui).to_have_attribute("aria-disabled", "false")

    contexte.set_offline(True)
    expect(oui).to_have_attribute("aria-disabled", "true")
    page.goto("/mon-amphi/")
    expect(page.get_by_role("heading", name="Pas de connexion")).to_be_visible()
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in violations(page)] == []
    page.get_by_role("link", name="Mes favoris").click()
    expect(page.get_by_role("status").filter(has_text="Hors\u00a0ligne\u00a0: état de")).to_contain_text(
        "rien ne peut être choisi"
    )
    expect(page.locator(".liste-favoris .service__nom")).to_have_count(1)
    expect(page.locator("button:visible, input:visible")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in violations(page)] == []

    contexte.set_offline(False)
    expect(page.locator("[data-hors-ligne]")).to_have_count(0)
    expect(page.locator("main button:visible").first).to_be_visible()
    page.goto("/")
    page.locator("details.compte summary").first.click()
    page.get_by_role("button", name="Me déconnecter").click()
    expect(page.get_by_role("link", name="Connexion").first).to_be_visible()
    until(page, lambda: page.evaluate(GARDEES) == [])


def test_a_notification_is_shown_by_the_browser_with_no_page_of_the_amphi_open(theatre: Theatre) -> None:
    """What the push service brings, brought by the browser's own tool: the rest is tried over HTTP."""
    personne = theatre.interne(1)
    page, origine = personne.page, personne.reseau.url
    personne.contexte.grant_permissions(["notifications"], origin=origine)
    page.goto("/mon-profil/notifications/")
    page.evaluate("async () => { await navigator.serviceWorker.ready; }")
    assert violations(page) == []
    outil, inscrits = personne.contexte.new_cdp_session(page), []
    outil.on("ServiceWorker.workerRegistrationUpdated", lambda dit: inscrits.extend(dit["registrations"]))
    outil.send("ServiceWorker.enable")
    until(page, lambda: any(inscrit["scopeURL"].startswith(origine) for inscrit in inscrits))
    dit = {
        "titre": "C’est votre tour",
        "texte": "",
        "lien": "/mon-amphi/",
        "cle": "tour-1-1",
        "urgente": True,
    }
    envoi = {"origin": origine, "registrationId": inscrits[-1]["registrationId"], "data": json.dumps(dit)}
    for _ in range(2):
        outil.send("ServiceWorker.deliverPushMessage", envoi)
    montrees = (
        "async () => (await (await navigator.serviceWorker.ready).getNotifications()).map((n) => n.title)"
    )
    assert until(page, lambda: page.evaluate(montrees)) == ["C’est votre tour"]


def test_one_chooses_with_eight_tabs_open(commence: Theatre) -> None:
    personne = commence.interne(1)
    flux: list[str] = []
    personne.contexte.on("request", lambda r: flux.append(r.url) if "/direct?" in r.url else None)
    onglets = [personne.page, *(personne.contexte.new_page() for _ in range(7))]
    for page in onglets:
        page.goto("/mon-amphi/")
    for page in onglets:
        expect(page.locator("h1:visible")).to_have_text("C’est votre tour")
    page = onglets[-1]
    page.locator('[data-poste="2"] [data-choisir]').first.click()
    page.get_by_role("button", name="Oui je confirme").click()
    expect(page.get_by_role("heading", name="C’est fait", exact=False)).to_be_visible()
    assert Affectation.objects.get(amphi=commence.amphi).poste.numero == "2"
    for page in onglets:
        expect(page.locator("h1:visible")).to_have_text("Vous avez choisi")
    assert len(flux) == 1


def test_one_chooses_behind_a_proxy_that_keeps_the_stream_for_itself(commence: Theatre) -> None:
    """The stream opens and nothing ever comes; the page's own clock is moved past the silence."""
    personne = commence.interne(1)
    page, demandes = personne.page, []
    personne.contexte.on("request", lambda demande: demandes.append(demande.url))
    personne.contexte.route("**/direct?*", lambda route: None)
    page.clock.install()
    page.goto("/mon-amphi/")
    expect(page.locator("h1:visible")).to_have_text("C’est votre tour")
    page.locator('[data-poste="2"] [data-choisir]').first.click()
    page.clock.fast_forward(12_000)
    until(page, lambda: any("/faits?" in url and url.endswith("attente=8") for url in demandes))
    flux = [url for url in demandes if "/direct?" in url]
    premiere = next(url for url in demandes if "/faits?" in url)
    assert (len(flux), premiere.endswith("attente=0")) == (1, True)
    oui = page.get_by_role("button", name="Oui je confirme")
    expect(oui).to_have_attribute("aria-disabled", "false")
    oui.click()
    expect(page.get_by_role("heading", name="C’est fait", exact=False)).to_be_visible()
    assert Affectation.objects.get(amphi=commence.amphi).poste.numero == "2"


def test_a_slow_link_that_breaks_during_ones_tour_loses_nothing(commence: Theatre) -> None:
    """300 ms and 5 % lost, then ten seconds of nothing: the turn is still there, and so is the choice."""
    personne = commence.interne(1)
    page = personne.page
    page.add_init_script(ECRAN)
    page.goto("/mon-amphi/")
    expect(page.locator("h1:visible")).to_have_text("C’est votre tour")
    assert page.evaluate("ecran") == ["screen"]
    personne.reseau.slow(0.3, 0.05)
    page.reload()
    page.locator('[data-poste="2"] [data-choisir]').first.click()
    oui = page.get_by_role("button", name="Oui je confirme")
    personne.reseau.cut()
    page.wait_for_timeout(10_000)
    expect(oui).to_have_attribute("aria-disabled", "true")
    expect(page.get_by_text("Connexion perdue", exact=False).first).to_be_attached()
    personne.reseau.restore()
    expect(oui).to_have_attribute("aria-disabled", "false")
    oui.click()
    expect(page.get_by_role("heading", name="C’est fait", exact=False)).to_be_visible()
    assert Affectation.objects.get(amphi=commence.amphi).poste.numero == "2"
    expect(page.locator("h1:visible")).to_have_text("Vous avez choisi")
