"""The verifier as people run it: one file, alone, with its exit code and its French."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from gradin.cli.management.commands.verify_journal import PROGRAMME
from gradin.domain.amphi.journal import LigneJournal
from gradin.domain.eligibilite.situation import TypeChoix
from tests.unit.amphi.partie import Partie, ligne
from tests.unit.verification.simulation import as_bytes, journal


def run(folder: Path, *arguments: str) -> tuple[int, str]:
    """A copy of the one file, in an empty folder, without site-packages nor our path."""
    alone = folder / "verify_journal.py"
    alone.write_bytes(PROGRAMME.read_bytes())
    done = subprocess.run(
        [sys.executable, "-I", str(alone), *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    return done.returncode, done.stdout.replace("\u00a0", " ")


@pytest.fixture
def lignes() -> tuple[LigneJournal, ...]:
    """Interne 2, surnombre non validant, joins interne 1 on poste 1."""
    partie = Partie(liste=[ligne(1), ligne(2, type_choix=TypeChoix.SURNOMBRE_NON_VALIDANT), ligne(3)])
    partie.choose_all("1", "1", "3")
    return journal(partie.faits)


def save(folder: Path, lignes: tuple[LigneJournal, ...], *, complet: bool = False) -> str:
    (folder / "amphi.jsonl").write_bytes(b"".join(as_bytes(lignes, complet=complet)))
    return "amphi.jsonl"


def receipt(folder: Path, choix: LigneJournal) -> str:
    recu = {"n": choix.n, "h": choix.h, "a": "…", **choix.p, "sel": choix.sel, "prive": choix.prive}
    (folder / "recu.json").write_text(json.dumps({"recu": recu}), encoding="utf-8")
    return "recu.json"


def test_the_public_summary_says_what_it_cannot_know(
    tmp_path: Path, lignes: tuple[LigneJournal, ...]
) -> None:
    code, dit = run(tmp_path, save(tmp_path, lignes))
    assert code == 0
    assert "Journal conforme, niveau public." in dit
    assert "Faits : 8" in dit
    assert "Choix : 3" in dit
    assert lignes[-1].h in dit
    assert "1 poste a plusieurs occupants : légalité vérifiable avec le journal complet." in dit


def test_the_complete_summary_has_no_doubt(tmp_path: Path, lignes: tuple[LigneJournal, ...]) -> None:
    code, dit = run(tmp_path, save(tmp_path, lignes, complet=True))
    assert code == 0
    assert "niveau complet" in dit
    assert "vérifiable" not in dit


def test_a_fault_names_its_line_and_ends_with_one(tmp_path: Path, lignes: tuple[LigneJournal, ...]) -> None:
    wrong = (*lignes[:5], replace(lignes[5], p={**lignes[5].p, "poste": "2"}), *lignes[6:])
    code, dit = run(tmp_path, save(tmp_path, wrong))
    assert (code, dit.split(" : ")[0]) == (1, "Ligne 6")


def test_a_published_head_is_recognised(tmp_path: Path, lignes: tuple[LigneJournal, ...]) -> None:
    code, dit = run(tmp_path, save(tmp_path, lignes), "--tete", lignes[3].h)
    assert code == 0
    assert "La tête publiée est celle de la ligne 4." in dit


def test_a_truncated_journal_lacks_the_published_head(
    tmp_path: Path, lignes: tuple[LigneJournal, ...]
) -> None:
    code, dit = run(tmp_path, save(tmp_path, lignes[:6]), "--tete", lignes[-1].h)
    assert code == 1
    assert dit.startswith("Ligne 6 : la tête publiée ne se trouve pas")


def test_a_receipt_is_recognised_in_the_public_journal(
    tmp_path: Path, lignes: tuple[LigneJournal, ...]
) -> None:
    code, dit = run(tmp_path, save(tmp_path, lignes), "--recu", receipt(tmp_path, lignes[5]))
    assert code == 0
    assert "Le reçu est celui de la ligne 6." in dit


def test_a_choice_dropped_by_the_operator_is_proven_by_its_receipt(
    tmp_path: Path, lignes: tuple[LigneJournal, ...]
) -> None:
    """I47: the journal is written again without it, its chain is perfect, the receipt is not there."""
    recu = receipt(tmp_path, lignes[5])
    faits = [one.to_fait() for one in lignes[:5]]
    rewritten = journal(faits, graine=1)
    code, dit = run(tmp_path, save(tmp_path, rewritten), "--recu", recu)
    assert code == 1
    assert dit.startswith("Ligne 5 : le choix du reçu (ligne 6) n’est pas dans ce journal")


def test_a_choice_changed_by_the_operator_is_proven_by_its_receipt(
    tmp_path: Path, lignes: tuple[LigneJournal, ...]
) -> None:
    recu = receipt(tmp_path, lignes[5])
    faits = [one.to_fait() for one in lignes]
    faits[5] = replace(faits[5], poste="2")  # type: ignore[call-arg]
    code, dit = run(tmp_path, save(tmp_path, journal(faits)), "--recu", recu)
    assert code == 1
    assert dit.startswith("Ligne 6 : cette ligne n’est pas celle du reçu (h, poste")


def test_somebody_elses_type_de_choix_is_not_proven_by_a_forged_receipt(
    tmp_path: Path, lignes: tuple[LigneJournal, ...]
) -> None:
    assert lignes[5].prive is not None
    forged = replace(lignes[5], prive={**lignes[5].prive, "type_choix": "classique"})
    code, dit = run(tmp_path, save(tmp_path, lignes), "--recu", receipt(tmp_path, forged))
    assert (code, dit) == (1, "Ligne 6 : cette ligne n’est pas celle du reçu (sel et prive)\n")


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    code, dit = run(tmp_path, "absent.jsonl")
    assert code == 1
    assert dit.startswith("Refusé : ")


def test_the_journal_may_come_by_a_pipe(tmp_path: Path, lignes: tuple[LigneJournal, ...]) -> None:
    done = subprocess.run(
        [sys.executable, str(PROGRAMME), "-"],
        input=b"".join(as_bytes(lignes, complet=False)),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0


def test_gradin_verify_journal_runs_the_same_program(
    tmp_path: Path, lignes: tuple[LigneJournal, ...]
) -> None:
    gradin = Path(sys.executable).with_name("gradin")
    good = subprocess.run(
        [gradin, "verify-journal", save(tmp_path, lignes)], cwd=tmp_path, capture_output=True
    )
    cut = subprocess.run(
        [gradin, "verify-journal", save(tmp_path, lignes[1:])], cwd=tmp_path, capture_output=True, text=True
    )
    assert good.returncode == 0
    assert (cut.returncode, cut.stdout) == (1, "Ligne 1\u00a0: le fait devrait porter le numéro 1\n")
