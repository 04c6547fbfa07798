"""The workshop: a work that fails concerns itself alone, a child that dies is replaced."""

import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

import pytest

from gradin.live import atelier, ecriture
from gradin.live.atelier import AtelierOccupe, ask_atelier, run_in_atelier
from gradin.operations.imports.anomalies import Anomalie, FichierRefuse

PATIENCE_S = 60


def write(fichier: Path) -> None:
    fichier.touch()


def fail() -> None:
    raise ValueError


def read(nom: str, *, ligne: int) -> int:
    if nom:
        raise FichierRefuse(Anomalie(feuille=nom, message="illisible.", ligne=ligne))
    return ligne


def read_for_ever() -> int:
    while True:
        time.sleep(1)


def read_slowly(ligne: int) -> int:
    time.sleep(0.5)
    return ligne


def say_pid() -> int:
    return os.getpid()


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


def test_one_who_asks_while_another_waits_is_refused_at_once_and_ends_nobody() -> None:
    with ThreadPoolExecutor(1) as autre:
        premier = autre.submit(ask_atelier(read_slowly), 7)
        while not atelier._seul.locked():
            time.sleep(0.01)
        with pytest.raises(AtelierOccupe, match="Recommencez dans une minute"):
            ask_atelier(read)("", ligne=3)
        assert premier.result(PATIENCE_S) == 7
    assert ask_atelier(read)("", ligne=3) == 3


def test_what_is_asked_answers_refuses_with_its_anomalies_or_says_that_it_died(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(atelier, "PATIENCE_S", PATIENCE_S)
    assert ask_atelier(read)("", ligne=3) == 3
    with pytest.raises(FichierRefuse) as refus:
        ask_atelier(read)("Feuille 1", ligne=4)
    assert [str(une) for une in refus.value.anomalies] == ["Feuille « Feuille 1 », ligne 4 : illisible."]
    enfant = ask_atelier(say_pid)()
    monkeypatch.setattr(atelier, "PATIENCE_S", 0.2)
    with pytest.raises(AtelierOccupe, match="il est arrêté"):
        ask_atelier(read_for_ever)()
    # It is ended, not left to write late.
    with pytest.raises(ProcessLookupError):
        for _ in range(PATIENCE_S * 100):
            os.kill(enfant, 0)
            time.sleep(0.01)
    monkeypatch.setattr(atelier, "PATIENCE_S", PATIENCE_S)
    with pytest.raises(AtelierOccupe, match="sans rien enregistrer"):
        ask_atelier(die)()
