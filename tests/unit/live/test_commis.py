"""The clerk keeps his process from one work to the next, tells what went wrong, is replaced when he dies."""

import os
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool

import pytest

from gradin.live import commis, ecriture
from gradin.live.commis import by_commis


def say_pid(now: int) -> tuple[int, int]:
    return os.getpid(), now


def fail() -> None:
    raise ValueError("no such letter")


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


def test_outside_a_server_the_work_is_done_at_once() -> None:
    assert by_commis(say_pid)(7) == (os.getpid(), 7)
