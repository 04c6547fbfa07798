"""From the choice to the verified file, in a real browser: pages without an accessibility fault."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from gradin.data.attestations.models import Attestation
from gradin.data.courriers.models import Envoi
from gradin.live.temps import maintenant_ms
from gradin.operations.courriers.enqueue import instant
from tests.e2e.conftest import BUREAU, TELEPHONE, Theatre
from tests.e2e.test_pages import check_accessible
from tests.factories.live import choose, start

pytestmark = pytest.mark.navigateur


@pytest.mark.parametrize("vue", [BUREAU, TELEPHONE], ids=["bureau", "mobile"])
def test_an_attestation_is_downloaded_then_verified(
    theatre: Theatre, vue: dict[str, int], tmp_path: Path
) -> None:
    maintenant = maintenant_ms()
    start(theatre.amphi, maintenant)
    choose(theatre.amphi, 1, "2", maintenant + 1_000)
    page = theatre.interne(1, vue).page
    page.goto("/mes-attestations/")
    check_accessible(page)
    with page.expect_download() as telechargement:
        page.get_by_role("link", name="Télécharger mon attestation").click()
    fichier = tmp_path / "attestation.pdf"
    telechargement.value.save_as(fichier)
    page.goto(f"/verification/{Attestation.objects.get().code}/")
    check_accessible(page)
    page.get_by_label("Attestation au format PDF").set_input_files(fichier)
    page.get_by_role("button", name="Vérifier ce fichier").click()
    expect(page.get_by_text("Fichier authentique")).to_be_visible()
    check_accessible(page)
    page.goto("/verification/inconnu/")
    check_accessible(page)


@pytest.mark.parametrize("vue", [BUREAU, TELEPHONE], ids=["bureau", "mobile"])
def test_the_mails_of_the_ars_have_no_accessibility_fault(theatre: Theatre, vue: dict[str, int]) -> None:
    maintenant = maintenant_ms()
    start(theatre.amphi, maintenant)
    choose(theatre.amphi, 1, "2", maintenant + 1_000)
    page = theatre.agent(vue).page
    page.goto("/gestion/courriels/")
    check_accessible(page)
    long = f"{'a' * 60}@{'b' * 50}.example"
    Envoi.objects.update(sent_at=instant(maintenant), sujet="Objet" * 20, destinataire=long)
    page.goto("/gestion/courriels/")
    expect(page.get_by_role("button", name="Adresse erronée")).to_be_attached()
    check_accessible(page)
    modeles = "/gestion/courriels/modeles/"
    for adresse in ("/gestion/courriels/?etat=errone", modeles, f"{modeles}choix/"):
        page.goto(adresse)
        check_accessible(page)
