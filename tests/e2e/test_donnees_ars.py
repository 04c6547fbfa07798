"""The ARS's file in a real browser: dropped, read, confirmed, corrected in its table, exported."""

from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import BUREAU, TELEPHONE, Theatre
from tests.e2e.test_pages import check_accessible
from tests.factories.fichiers import make_internes, write_csv

pytestmark = pytest.mark.navigateur


def test_a_file_is_imported_corrected_in_place_and_exported(theatre: Theatre, tmp_path: Path) -> None:
    page = theatre.agent(BUREAU).page
    lignes = [{**ligne, "Nom": "de la Très-Longue-Particule"} for ligne in make_internes(2, Groupe="3")]
    drop(page, write_csv(tmp_path / "internes-de-la-subdivision.csv", lignes))
    expect(page.get_by_role("heading", name="Enregistrer ces différences")).to_be_visible()
    check_accessible(page)
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Import enregistré")).to_be_visible()
    page.get_by_role("link", name="Voir les internes").click()
    page.get_by_label("Nom ou INE").fill("particule")
    page.get_by_role("button", name="Filtrer").click()
    correct_rang(page, "98e", "n’est pas un rang")
    correct_rang(page, "12")
    assert exported_rangs(page, tmp_path) == {"12", "2"}
    check_on_a_phone(page)


def drop(page: Page, fichier: Path) -> None:
    page.goto("/gestion/imports/")
    page.get_by_label("Ce fichier contient").select_option("internes")
    page.get_by_label("Fichier", exact=True).set_input_files(fichier)
    page.get_by_role("button", name="Lire le fichier").click()


def correct_rang(page: Page, rang: str, refus: str = "") -> None:
    """In place: the table does not leave."""
    dialogue = page.get_by_role("dialog")
    if not dialogue.is_visible():
        page.get_by_role("link", name="corriger : Rang").first.click()
    dialogue.get_by_label("Rang local").fill(rang)
    dialogue.get_by_role("button", name="Enregistrer").click()
    if refus:
        expect(dialogue).to_contain_text(refus)
        check_accessible(page)
    else:
        expect(page.locator(".est-neuve")).to_contain_text(rang)


def exported_rangs(page: Page, dossier: Path) -> set[str]:
    with page.expect_download() as attendu:
        page.get_by_role("link", name="Exporter").click()
    chemin = dossier / "export.xlsx"
    attendu.value.save_as(chemin)
    entetes, *lignes = openpyxl.load_workbook(chemin).active.values
    colonne = entetes.index("Rang local")
    return {str(ligne[colonne]) for ligne in lignes}


def check_on_a_phone(page: Page) -> None:
    interne = page.locator(".c-tete a").first.get_attribute("href")
    page.set_viewport_size({"width": TELEPHONE["width"], "height": TELEPHONE["height"]})
    for adresse in (
        "/gestion/internes/",
        "/gestion/postes/",
        "/gestion/imports/",
        "/gestion/referentiels/services/",
        f"{interne}corriger/",
    ):
        page.goto(adresse)
        check_accessible(page)
