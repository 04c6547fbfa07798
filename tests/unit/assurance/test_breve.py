"""The short form of `make assurance`: experiments that need no server, at their smallest, and the report."""

import importlib
from pathlib import Path

import pytest

from assurance.catalogue import EXPERIENCES
from assurance.essai import Essai, Impossible
from assurance.experiences import exploration, falsification, simulation
from assurance.rapport import RAPPORT, lines
from assurance.resultat import Resultat, Verdict, read_resultats, write_resultats
from assurance.un import played

GRAINE = 20270405
LISEZ = Path(importlib.import_module("assurance").__file__ or "").with_name("README.md")


def brief() -> Essai:
    return Essai(magasin="-", graine=GRAINE, secondes=0)


def test_amphis_played_under_faults_are_lawful_and_verify(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simulation, "MINIMUM", 6)
    (resultat,) = simulation.run(brief())
    assert (resultat.verdict, resultat.remarque) == (Verdict.TENU, "")
    assert resultat.n == 6


def test_what_is_altered_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(falsification, "MINIMUM", 20)
    (resultat,) = falsification.run(brief())
    assert (resultat.verdict, resultat.remarque) == (Verdict.TENU, "")


@pytest.mark.parametrize("scenario", exploration.SCENARIOS, ids=lambda scenario: scenario[0])
def test_the_first_states_of_each_scenario_are_lawful(scenario: exploration.Scenario) -> None:
    _, make, joueurs = scenario
    assert exploration.bounded(make("idf"), joueurs, 0).etats == 500


def test_the_report_says_what_broke_what_did_not_run_and_what_was_left_out(tmp_path: Path) -> None:
    commun = {"nom": "Essai", "invariants": "I01", "injecte": "rien"}
    dits = [
        Resultat(**commun, verdict=Verdict.ROMPU, n=3, unite="coups", remarque="one was lost"),
        Resultat(**commun, verdict=Verdict.PAS_JOUE, remarque="needs root"),
    ]
    write_resultats(tmp_path / "essai.json", dits)
    assert read_resultats(tmp_path / "essai.json") == dits
    texte = "\n".join(lines(dits))
    assert "3 coups" in texte and "BROKEN: one was lost" in texte and "1 experiments ran, 0 held" in texte
    assert "- Essai: needs root" in texte
    # Nothing of the suites is among them: each is named with each of its stores.
    assert texte.count("Permission matrix, canaries, attacks (") == 2
    assert "- Races of `make test`, five times as many (postgresql): not part of this run" in texte


def test_an_experiment_that_raises_or_cannot_run_is_a_result(monkeypatch: pytest.MonkeyPatch) -> None:
    for erreur, verdict in ((KeyError("oubli"), Verdict.ROMPU), (Impossible("no root"), Verdict.PAS_JOUE)):

        def fail(essai: Essai, erreur: Exception = erreur) -> None:
            raise erreur

        monkeypatch.setattr(simulation, "run", fail)
        (resultat,) = played("simulation", brief())
        assert resultat.verdict is verdict and resultat.remarque


def test_every_experiment_is_explained_and_the_last_report_is_kept() -> None:
    explique = LISEZ.read_text(encoding="utf-8")
    assert [une.nom for une in EXPERIENCES if f"`{une.nom}`" not in explique] == []
    assert RAPPORT.read_text(encoding="utf-8").startswith("# Assurance")
