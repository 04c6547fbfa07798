"""A whole semester as the ARS lives it: from two files to the statistics, by clicks alone."""

import csv
import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect

from gradin.data.amphis.models import Affectation, Amphi, EtatAmphi, Place
from gradin.data.courriers.models import Envoi
from gradin.data.internes.models import Interne
from gradin.data.referentiel.models import Subdivision
from tests.e2e.conftest import BUREAU, Theatre
from tests.e2e.test_nouvel_agent import LENTEUR
from tests.e2e.test_pages import check_accessible
from tests.e2e.test_un_amphi_entier import _choose, _expect_title
from tests.factories.comptes import make_agent, make_compte
from tests.factories.referentiel import make_subdivision
from tests.verdict import check_journal

pytestmark = pytest.mark.navigateur
MG = ("1 - MEDECINE GENERALE", "MGE - Médecine générale")
PSY = ("7 - PSYCHIATRIE", "PSY - Psychiatrie")
NOMS = ("Aubry", "Besson", "Carlier", "Dumas")


def test_an_agent_takes_a_semester_from_its_files_to_its_statistics(theatre: Theatre, tmp_path: Path) -> None:
    lyon = make_subdivision("LYON", "Lyon")
    agent = theatre.entrer(make_agent(lyon, "semestre@ars.example").courriel, BUREAU).page
    bring_files(agent, tmp_path)
    set_campagne(agent)
    prepare_and_publish(agent)
    amphi = open_the_day(agent)
    postpone_the_other(agent)
    play_the_day(agent, theatre, amphi)
    run_the_rattrapage(agent)
    correct_by_two_agents(agent, theatre, lyon)
    read_what_remains(agent, theatre, amphi, tmp_path)


def bring_files(agent: Page, dossier: Path) -> None:
    internes = [interne(nom, rang, *MG) for rang, nom in enumerate(NOMS, start=1)]
    internes += [interne("Ferrand", 1, *PSY), interne("Gallet", 2, *PSY)]
    postes = [poste(numero, *MG) for numero in range(11, 17)] + [
        poste(numero, *PSY) for numero in range(21, 25)
    ]
    agent.goto("/gestion/")
    agent.get_by_role("combobox", name="Semestre").select_option("2027-05")
    drop(agent, "Déposer le fichier des internes", write_csv(dossier / "internes.csv", internes))
    drop(agent, "Déposer le fichier des postes", write_csv(dossier / "postes.csv", postes))
    agent.get_by_role("link", name="Continuer le semestre").first.click()


def interne(nom: str, rang: int, groupe: str, des: str) -> dict[str, object]:
    return {
        "INE": f"84700009{ord(nom[0])}{rang}",
        "Nom": nom,
        "Prénom": "Camille",
        "Courriel": f"{nom.lower()}@exemple.fr",
        "Régime de formation": "Phase socle",
        "Groupe": groupe,
        "DES": des,
        "Promotion": 2026,
        "Rang local": rang,
        "Effectif promo local": 40,
        "Semestres validés": 1,
    }


def poste(numero: int, groupe: str, des: str) -> dict[str, object]:
    return {
        "Numéro": numero,
        "Groupe": groupe,
        "DES": des,
        "Département": "69",
        "Établissement": "CH DU SEMESTRE",
        "Ville": "Lyon",
        "Service": f"SERVICE {numero}",
        "IMOTEP": f"8400{numero:04d}",
        "Régime de formation": "Phase socle",
        "Réservé": "Non",
    }


def write_csv(chemin: Path, lignes: Sequence[Mapping[str, object]]) -> Path:
    with chemin.open("w", encoding="utf-8", newline="") as fichier:
        table = csv.DictWriter(fichier, lignes[0].keys(), delimiter=";")
        table.writeheader()
        table.writerows(lignes)
    return chemin


def drop(agent: Page, mot: str, fichier: Path) -> None:
    agent.get_by_label("Fichier", exact=True).set_input_files(fichier)
    press(agent, mot)
    agent.get_by_role("button", name="Enregistrer").click(timeout=LENTEUR)
    expect(agent.get_by_text("Import enregistré")).to_be_visible(timeout=LENTEUR)


def set_campagne(agent: Page) -> None:
    """Choosing goes on at any hour of any day, and nobody is absent before the agent says so."""
    agent.get_by_role("link", name="Paramètres de la campagne").click()
    agent.get_by_label("Heures de la journée").fill("00:00-24:00")
    agent.get_by_label("Choisir aussi le samedi et le dimanche").check()
    agent.get_by_label("Durée d’un tour").fill("900")
    agent.get_by_label("Délai d’absence").fill("600")
    press(agent, "Voir l’effet")
    expect(agent.get_by_text(re.compile(r"15\ss → 600\ss"))).to_be_visible()
    press(agent, "Enregistrer")
    agent.get_by_role("link", name="Semestre", exact=True).last.click()


def prepare_and_publish(agent: Page) -> None:
    maintenant = datetime.now(ZoneInfo("Europe/Paris")) - timedelta(minutes=1)
    agent.get_by_label("Jour de la première session").fill(f"{maintenant:%Y-%m-%d}")
    agent.get_by_label("Heure").fill(f"{maintenant:%H:%M}")
    press(agent, "Préparer les amphis")
    agent.get_by_role("link", name="Tout cocher").click()
    agent.get_by_label("J’ai relu les listes cochées").check()
    press(agent, "Publier les listes cochées")
    expect(agent.get_by_text("2 listes d’appel publiées")).to_be_visible()


def open_the_day(agent: Page) -> Amphi:
    row(agent, "Médecine générale").get_by_role("link", name=re.compile("^Régie")).click()
    for case in agent.get_by_role("checkbox").all():
        case.check()
    press(agent, "Commencer l’amphithéâtre")
    expect(estrade(agent)).to_contain_text("Camille Aubry", timeout=LENTEUR)
    return Amphi.objects.get(subdivision__code="LYON", groupe__code="1")


def postpone_the_other(agent: Page) -> None:
    agent.goto("/gestion/")
    row(agent, "Psychiatrie").get_by_role("link", name=re.compile("^Reporter")).click()
    demain = datetime.now(ZoneInfo("Europe/Paris")) + timedelta(days=2)
    agent.get_by_label("Nouveau jour").fill(f"{demain:%Y-%m-%d}")
    agent.get_by_label("Nouvelle heure").fill("14:30")
    agent.get_by_label("Raison", exact=False).fill("La salle informatique est prise.")
    press(agent, "Voir le nouvel horaire")
    press(agent, "Reporter")
    expect(agent.get_by_text("1 amphi reporté")).to_be_visible()
    expect(row(agent, "Psychiatrie")).to_contain_text("14 h 30")
    assert Envoi.objects.filter(cle__startswith="report-").count() == 2


def play_the_day(agent: Page, theatre: Theatre, amphi: Amphi) -> None:
    """Aubry asks, then chooses; Besson is absent; Carlier and Dumas say their poste on the telephone."""
    aubry = enter_as("aubry@exemple.fr", theatre)
    aubry.goto("/mon-amphi/")
    aubry.get_by_role("button", name="Ma session").click()
    aubry.get_by_label("Votre question").fill("Le poste 13 a-t-il des gardes ?")
    press(aubry, "Envoyer à l’ARS")
    agent.goto("/regie/")
    agent.get_by_role("textbox", name="Réponse à").fill("Oui, quatre par mois.")
    agent.get_by_role("button", name="Répondre", exact=True).click()
    expect(aubry.locator("[data-reponse]")).to_contain_text("quatre par mois")
    aubry.goto("/mon-amphi/")
    _expect_title(aubry, "C’est votre tour")
    _choose(aubry, "12")
    agent.goto(f"/regie/amphis/{amphi.pk}/")
    expect(estrade(agent)).to_contain_text("Camille Besson")
    agent.get_by_role("link", name="Autres actes pour Camille Besson").click()
    agent.get_by_role("link", name="Marquer absent").click()
    press(agent, "Marquer absent")
    choose_for(agent, "Camille Carlier", "13")
    choose_for(agent, "Camille Dumas", "14")
    expect(estrade(agent)).to_contain_text("Tous ont eu leur tour")


def enter_as(courriel: str, theatre: Theatre) -> Page:
    Interne.objects.filter(courriel=courriel).update(compte=make_compte(courriel))
    return theatre.entrer(courriel, BUREAU).page


def choose_for(agent: Page, qui: str, numero: str) -> None:
    expect(estrade(agent)).to_contain_text(qui)
    agent.get_by_role("link", name="Choisir à sa place").click()
    agent.get_by_role("combobox", name="N° du poste").fill(numero)
    agent.get_by_label("Motif").fill("Dit au téléphone")
    press(agent, "Enregistrer ce choix")


def run_the_rattrapage(agent: Page) -> None:
    """Announced, opened, chosen on the telephone, closed with nobody left."""
    agent.get_by_role("link", name="Rattrapage", exact=True).first.click()
    demain = datetime.now(ZoneInfo("Europe/Paris")) + timedelta(days=1)
    agent.get_by_label("Jour").fill(f"{demain:%Y-%m-%d}")
    agent.get_by_role("textbox", name="Heure").fill("09:00")
    press(agent, "Annoncer le rattrapage")
    expect(agent.get_by_text("à 1 interne").first).to_be_visible()
    check_accessible(agent)
    agent.get_by_role("link", name="Ouvrir le rattrapage").click()
    agent.get_by_role("button", name=re.compile("rattrapage")).last.click()
    choose_for(agent, "Camille Besson", "15")
    expect(estrade(agent)).to_contain_text("Tous ont eu leur tour")
    agent.get_by_role("link", name="Clore", exact=True).click()
    agent.get_by_role("button", name=re.compile("Clore")).last.click()
    expect(estrade(agent)).to_contain_text("4 choix sur 4 internes")


def correct_by_two_agents(agent: Page, theatre: Theatre, lyon: Subdivision) -> None:
    agent.get_by_role("link", name="Corriger un choix").click()
    agent.get_by_role("link", name="Actes pour Camille Dumas").click()
    agent.get_by_role("link", name="Corriger ce choix").click()
    agent.get_by_role("combobox", name="N° du poste").fill("16")
    agent.get_by_label("Motif").fill("Erreur de saisie")
    agent.get_by_role("button", name=re.compile("orrig|ropos")).last.click()
    expect(agent.get_by_text("n° 14 devient n° 16").first).to_be_visible()
    assert choix_of("Dumas") == "14"
    second = theatre.entrer(make_agent(lyon, "second@ars.example").courriel, BUREAU).page
    second.goto("/regie/")
    second.get_by_role("link", name=re.compile("^Relire")).click()
    second.wait_for_url("**/regie/amphis/**")
    second.get_by_role("link", name=re.compile("^Relire")).click()
    second.get_by_role("button", name=re.compile("pprouver")).last.click()
    expect(second.get_by_text("annulé depuis").first).to_be_visible()
    assert choix_of("Dumas") == "16"


def read_what_remains(agent: Page, theatre: Theatre, amphi: Amphi, dossier: Path) -> None:
    agent.reload()
    with agent.expect_download(timeout=LENTEUR) as venu:
        agent.get_by_role("link", name="Procès-verbal (PDF)").click()
    assert Path(venu.value.path()).read_bytes().startswith(b"%PDF")
    agent.get_by_role("link", name="Statistiques").last.click()
    expect(agent.locator("svg rect").first).to_be_visible()
    check_accessible(agent)
    agent.get_by_role("link", name="Postes", exact=True).last.click()
    with agent.expect_download() as venu:
        agent.get_by_role("link", name="XLSX").click()
    classeur = load_workbook(BytesIO(Path(venu.value.path()).read_bytes()), read_only=True)
    cellules = {cellule for feuille in classeur for ligne in feuille.values for cellule in ligne}
    assert "CH DU SEMESTRE" in cellules
    dumas = enter_as("dumas@exemple.fr", theatre)
    dumas.goto("/mes-attestations/")
    expect(dumas.get_by_text("Choix corrigé par l’ARS")).to_be_visible()
    reponse = dumas.request.get("/mes-attestations/2027-05.pdf")
    assert reponse.ok and reponse.body().startswith(b"%PDF")
    amphi.refresh_from_db()
    assert amphi.etat == EtatAmphi.CLOS and Place.objects.filter(amphi=amphi, statut="a_choisi").count() == 4
    check_journal(amphi, dossier)
    call_command("verify_etat", str(amphi.pk))


def choix_of(nom: str) -> str:
    return Affectation.objects.get(interne__nom=nom, annulee=False).poste.numero


def row(agent: Page, groupe: str) -> Locator:
    return agent.get_by_role("row").filter(has_text=re.compile(groupe, re.IGNORECASE))


def estrade(agent: Page) -> Locator:
    return agent.locator(".estrade")


def press(page: Page, mot: str) -> None:
    page.get_by_role("button", name=mot).first.click()
