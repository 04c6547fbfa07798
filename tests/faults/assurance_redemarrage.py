"""At true scale (minutes; `make assurance`): killed at 40 s of a tour of 90, down 5 s, then 90 s."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.factories.live import state
from tests.faults.redemarrage import strike
from tests.serveur import Serveur
from tests.verdict import check_journal


@pytest.fixture
def serveur(transactional_db: None) -> Iterator[Serveur]:
    serveur = Serveur()
    yield serveur
    serveur.stop()


def test_down_five_seconds_the_tour_goes_on_with_about_fifty(serveur: Serveur) -> None:
    panne = strike(serveur, choisit_s=40, tombe_s=5, delai_absence_ms=80_000)
    vue = panne.snapshot()
    assert vue["etat"] == "en_cours"
    assert 48_000 <= vue["tour"]["fin"] - panne.a <= 52_000


def test_down_ninety_seconds_the_amphi_waits_in_pause_and_gives_the_same(
    serveur: Serveur, tmp_path: Path
) -> None:
    panne = strike(serveur, choisit_s=40, tombe_s=90, delai_absence_ms=80_000)
    assert panne.snapshot()["etat"] == "pause"
    assert panne.resume().status_code == 201
    etat = state(panne.amphi)
    assert etat.tour is not None
    assert 48_000 <= etat.tour.fin - etat.dernier_a <= 52_000
    assert "PanneConstatee" in panne.facts()
    check_journal(panne.amphi, tmp_path)
