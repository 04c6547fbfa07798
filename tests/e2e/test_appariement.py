"""A matching in real Chromium: notes on a phone, ranks by keyboard from a signed link, the ARS's run."""

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from gradin.data.appariement.models import NoteSite, RangCandidat
from gradin.domain.appariement.calendrier import Etape
from gradin.live.temps import maintenant_ms
from gradin.operations.appariement.liens import send_lien
from tests.e2e.conftest import BUREAU, TELEPHONE, Theatre
from tests.e2e.test_pages import check_accessible
from tests.factories.appariement import make_campagne
from tests.integration.appariement.conftest import answer

pytestmark = pytest.mark.navigateur


def test_a_candidate_marks_sites_with_one_tap_each_on_a_phone(theatre: Theatre) -> None:
    campagne = make_campagne(notes_au_moins=2, maintenant=maintenant_ms())
    campagne.at(Etape.VOEUX, maintenant=maintenant_ms())
    page = theatre.entrer(campagne.compte(0).email, TELEPHONE).page
    page.goto(f"/appariement/campagnes/{campagne.row.pk}/")
    expect(page.locator("[data-manque]")).to_have_text("Il en manque 2")
    for site, note in (("Service 2", "5 cœurs"), ("Service 3", "2 cœurs")):
        carte = page.locator(".site").filter(has_text=site)
        carte.get_by_role("button", name=note).click()
        expect(carte.get_by_role("button", name=note)).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-manque]")).to_have_text("Vous prenez part au tour")
    assert sorted(NoteSite.objects.values_list("note", flat=True)) == [2, 5]
    page.reload()
    expect(page.locator(".site__nom").first).to_have_text("Service 2")
    for vue in (TELEPHONE, BUREAU):
        page.set_viewport_size(vue)  # type: ignore[arg-type]
        check_accessible(page)
    for adresse in ("dossier/", "resultat/", "/appariement/", "/appariement/methode/"):
        page.goto(
            adresse if adresse.startswith("/") else f"/appariement/campagnes/{campagne.row.pk}/{adresse}"
        )
        check_accessible(page)


def test_a_responsable_ranks_by_keyboard_or_by_finger_from_his_link(
    theatre: Theatre, browser: Browser
) -> None:
    maintenant = maintenant_ms()
    campagne = make_campagne(maintenant=maintenant)
    campagne.at(Etape.CLASSEMENT, maintenant=maintenant)
    lien = send_lien(campagne.sites[0].pk, campagne.agent, maintenant)
    contexte = browser.new_context(
        viewport=TELEPHONE,  # type: ignore[arg-type]
        locale="fr-FR",
        has_touch=True,
        base_url=theatre.serveur.url,
    )
    page = contexte.new_page()
    page.goto(lien[lien.index("/appariement/") :])
    a, b, c = (un.pk for un in campagne.candidatures)
    page.locator(f"#rang-{a}").focus()
    page.keyboard.type("1")
    page.keyboard.press("Tab")
    expect(page.locator(f"#candidat-{a}")).to_have_class("candidat est-classe")
    monter = page.get_by_role("button", name="Monter Prénom Interne2")
    monter.press("Enter")
    expect(page.locator(f"#rang-{b}")).to_have_value("2")
    monter.press("Enter")
    expect(page.locator(f"#rang-{b}")).to_have_value("1")
    expect(monter).to_be_focused()
    page.get_by_role("button", name="Refuser Prénom Interne3").press("Enter")
    expect(page.locator("[data-dit]")).to_contain_text("Prénom Interne3\u00a0: refusé.")
    assert dict(RangCandidat.objects.values_list("candidature", "rang")) == {b: 1, a: 2, c: 0}
    poignee, premier = page.locator(f"#candidat-{c} [data-poignee]"), page.locator(f"#candidat-{b}")
    drop_on_the_middle(page, poignee, premier)
    expect(page.locator("[data-dit]")).to_have_text("Prénom Interne3\u00a0: rang 1.")
    assert dict(RangCandidat.objects.values_list("candidature", "rang")) == {b: 1, c: 1, a: 3}
    page.get_by_role("button", name="Refuser Prénom Interne3").press("Enter")
    expect(page.get_by_text("Il en manque 1")).to_be_visible()
    check_accessible(page)
    contexte.close()


def drop_on_the_middle(page: Page, poignee: Locator, ligne: Locator) -> None:
    """By finger, as the device tells it."""
    depart, but = poignee.bounding_box(), ligne.bounding_box()
    assert depart and but
    x, haut, bas = depart["x"] + 20, but["y"] + but["height"] / 2, depart["y"] + 20
    doigt = page.context.new_cdp_session(page)
    for nom, y in (("touchStart", bas), *(("touchMove", bas + (haut - bas) * n / 4) for n in range(1, 5))):
        doigt.send("Input.dispatchTouchEvent", {"type": nom, "touchPoints": [{"x": x, "y": y}]})
    doigt.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_the_ars_runs_a_round_and_its_result_is_read_at_its_hour(theatre: Theatre) -> None:
    campagne = make_campagne(maintenant=maintenant_ms())
    answer(campagne)
    campagne.at(Etape.CALCUL, maintenant=maintenant_ms())
    page, adresse = theatre.agent(BUREAU).page, f"/gestion/appariement/{campagne.row.pk}/"
    page.goto(adresse)
    check_accessible(page)
    page.get_by_role("link", name="Suivre\u00a0: 1er tour").click()
    check_accessible(page)
    page.get_by_role("button", name="Lancer le calcul").click()
    # A child process starts for it, after everything else on a busy machine.
    expect(page.get_by_text("Calculé et contrôlé")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("à personne avant")).to_be_visible()
    campagne.at(Etape.RESULTAT, maintenant=maintenant_ms())
    page.reload()
    expect(page.get_by_role("row").filter(has_text="Interne2")).to_contain_text("Service 1")
    lui = theatre.entrer(campagne.compte(0).email, TELEPHONE).page
    lui.goto(f"/appariement/campagnes/{campagne.row.pk}/resultat/")
    expect(lui.locator(".bandeau--fait")).to_contain_text("Service 2")
    expect(
        lui.get_by_text("Ses places sont allées à des candidats qu’il avait classés avant vous.")
    ).to_be_visible()
    check_accessible(lui)
