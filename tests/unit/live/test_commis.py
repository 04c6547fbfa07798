"""The clerk keeps his process from one work to the next, tells what went wrong, is replaced when he dies."""

import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool

import pytest

from gradin.live import commis, ecriture
from gradin.live.commis import by_commis


def say_pid(now: int) -> tuple[int, int]:
    return os.getpid(), now


def fail() -> None:
    raise ValueError("no such letter")


def sleep() -> None:
    while True:
        time.sleep(1)


def die() -> None:
    os._exit(1)


@pytest.fixture
def server() -> Iterator[None]:
    ecriture.start()
    yield
    commis.stop()
    ecriture.stop()


def test_a_death_costs_its_own_work_and_what_fails_is_raised_here(server: None) -> None:
    premier, now = by_commis(say_pid)(7)
    assert now == 7 and premier != os.getpid()
    with pytest.raises(ValueError, match="no such letter"):
        by_commis(fail)()
    assert by_commis(say_pid)(8) == (premier, 8)

    with pytest.raises(BrokenProcessPool):
        by_commis(die)()
    autre, _ = by_commis(say_pid)(9)
    assert autre not in (premier, os.getpid())


def test_a_work_that_does_not_end_is_cut_at_the_stop(server: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commis, "ARRET_S", 0.1)
    with ThreadPoolExecutor(1) as travaux:
        futur = travaux.submit(by_commis(sleep))
        while not any(enfant.pid.value for enfant in tuple(commis._en_cours.values())):
            time.sleep(0.01)
        commis.stop()
        with pytest.raises(BrokenProcessPool):
            futur.result(timeout=60)


def test_outside_a_server_the_work_is_done_at_once() -> None:
    assert by_commis(say_pid)(7) == (os.getpid(), 7)
