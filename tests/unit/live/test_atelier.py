"""The workshop: a work that fails concerns itself alone, a child that dies is replaced."""

import os
from collections.abc import Iterator
from pathlib import Path
from queue import SimpleQueue

import pytest

from gradin.live import atelier, ecriture
from gradin.live.atelier import run_in_atelier

PATIENCE_S = 60


def write(fichier: Path) -> None:
    fichier.touch()


def fail() -> None:
    raise ValueError


def die() -> None:
    os._exit(1)


@pytest.fixture(autouse=True)
def server() -> Iterator[None]:
    ecriture.start()
    yield
    atelier.stop()
    ecriture.stop()


def test_one_that_fails_stops_no_other_and_those_behind_a_death_are_told(tmp_path: Path) -> None:
    dits: SimpleQueue[str] = SimpleQueue()
    premier, perdu, dernier = (tmp_path / nom for nom in ("premier", "perdu", "dernier"))
    run_in_atelier(fail, sinon=lambda: dits.put("échec"))
    run_in_atelier(write, premier, sinon=lambda: dits.put("premier"))
    run_in_atelier(die, sinon=lambda: dits.put("mort"))
    run_in_atelier(write, perdu, sinon=lambda: dits.put("perdu"))
    assert dits.get(timeout=PATIENCE_S) == "échec"
    assert {dits.get(timeout=PATIENCE_S) for _ in range(2)} == {"mort", "perdu"}
    assert premier.exists() and not perdu.exists()

    run_in_atelier(write, dernier, sinon=lambda: dits.put("dernier"))
    run_in_atelier(fail, sinon=lambda: dits.put("fin"))
    assert dits.get(timeout=PATIENCE_S) == "fin"
    assert dernier.exists()
