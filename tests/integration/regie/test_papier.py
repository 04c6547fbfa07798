"""F30: with the state on disk the ARS goes on with paper; entered again, it makes a journal that verifies."""

import subprocess
import sys
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client

from gradin.data.amphis.models import Amphi
from gradin.domain.amphi.commands import ChoisirPour, Commande, Pauser
from gradin.domain.amphi.papier import Issue, LignePapier
from gradin.live.temps import maintenant_ms
from gradin.operations.amphis.handling import handle
from gradin.operations.amphis.papier import enter_papier
from gradin.operations.amphis.reponse import Reponse
from gradin.queries.journal import export_jsonl
from gradin.travaux.secours import Secours, write_secours
from tests.factories.comptes import make_agent
from tests.factories.live import choose, play, state

pytestmark = pytest.mark.django_db


def test_the_state_on_disk_is_current_whole_and_for_its_owner_alone(amphi: Amphi, tmp_path: Path) -> None:
    secours, debut = Secours(tmp_path, write_secours), maintenant_ms()
    (tmp_path / "illisible").symlink_to(tmp_path / "absent")
    assert secours.run_once(debut) == 1
    assert secours.run_once(debut + 10_000) == 0
    choose(amphi, 1, "2", maintenant_ms())
    assert secours.run_once(debut + 20_000) == 1
    assert secours.run_once(debut + 60_000) == 1
    dossier = tmp_path / str(amphi.pk)
    assert sorted(un.name for un in dossier.iterdir()) == ["etat.html", "liste.csv", "postes.csv"]
    assert all(un.stat().st_mode & 0o077 == 0 for un in (dossier, *dossier.iterdir()))
    liste, postes = ((dossier / nom).read_text("utf-8-sig") for nom in ("liste.csv", "postes.csv"))
    assert "A choisi;2" in liste and "Choisit" in liste
    assert next(ligne for ligne in postes.splitlines() if ligne.startswith("2;")).endswith(";Pourvu")
    assert "Feuille de choix sur papier" in (dossier / "etat.html").read_text()


def test_a_sheet_is_previewed_then_entered_and_the_journal_verifies(
    amphi: Amphi, agent: Client, tmp_path: Path
) -> None:
    adresse = f"/regie/amphis/{amphi.pk}/papier/"
    feuille = {
        "rang": ["1", "2", "3"],
        "poste": ["1", "absent", "3"],
        "heure": ["10 h 53"] * 3,
        "motif": [""] * 3,
        "cle": "k",
    }
    assert "en pause" in agent.post(adresse, feuille).content.decode()
    play(amphi, Pauser(), maintenant_ms())
    faux = agent.post(adresse, feuille | {"poste": ["1", "1", "3"]}).content.decode()
    assert "papier__ligne--refus" in faux and "Enregistrer" not in faux
    assert "Enregistrer" in agent.post(adresse, feuille).content.decode()
    assert state(amphi).choix == {}
    for _ in range(2):
        agent.post(adresse, feuille | {"acte": "enregistrer"})
    etat = state(amphi)
    assert {numero: choix.poste for numero, choix in etat.choix.items()} == {1: "1", 3: "3"}
    assert str(etat.etat) == "pause"
    journal = tmp_path / "amphi.jsonl"
    journal.write_text("".join(f"{ligne}\n" for ligne in export_jsonl(amphi.pk, complet=True)))
    assert "Continuation sur papier, 10 h 53" in journal.read_text()
    verdict = subprocess.run([sys.executable, "verification/verify_journal.py", str(journal)], check=False)
    assert verdict.returncode == 0


def test_each_act_has_its_own_instant_and_a_failure_mid_sheet_ends_in_pause(amphi: Amphi) -> None:
    debut, instants = maintenant_ms(), []
    play(amphi, Pauser(), debut)

    def run(amphi_id: int, commande: Commande, *, maintenant: int, **reste: Any) -> Reponse:
        instants.append(maintenant)
        if isinstance(commande, ChoisirPour):
            raise DatabaseError
        return handle(amphi_id, commande, maintenant=maintenant, **reste)

    ligne = LignePapier(interne=1, issue=Issue.CHOIX, poste="1")
    agent, horloge = make_agent(amphi.subdivision), count(debut + 1000, 1000)
    with pytest.raises(DatabaseError):
        enter_papier(amphi.pk, [ligne], agent, maintenant=lambda: next(horloge), cle="k", run=run)
    assert instants == [debut + 1000, debut + 2000, debut + 3000]
    assert str(state(amphi).etat) == "pause"
