"""`gradin serve --processus N`: a dead process is replaced, one that may not start stops them all."""

import signal
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from gradin.live import equipe
from gradin.live.equipe import Equipe


@pytest.fixture
def signaux(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """`run` takes the signals of the process, which is here that of the tests."""
    monkeypatch.setattr(equipe, "REPRISE_S", 0.0)
    avant = {signe: signal.getsignal(signe) for signe in (signal.SIGINT, signal.SIGTERM)}
    yield
    for signe, geste in avant.items():
        signal.signal(signe, geste)


def test_a_killed_process_is_replaced_and_the_others_stay(signaux: None) -> None:
    deux = Equipe(2, lambda rang: ["sleep", "60"])
    try:
        tue, autre = deux._processus[1], deux._processus[2]
        tue.kill()
        tue.wait()
        assert deux._look() == 0
        assert deux._processus[1].pid != tue.pid and deux._processus[1].poll() is None
        assert deux._processus[2] is autre and autre.poll() is None
    finally:
        deux._stop()
    assert all(processus.poll() is not None for processus in deux._processus.values())


def test_one_that_refuses_to_start_stops_the_others_and_gives_its_code(signaux: None) -> None:
    """Unsafe settings do not become safe by trying again."""
    deux = Equipe(2, lambda rang: ["sleep", "60"] if rang == 1 else ["sh", "-c", "exit 3"])
    assert deux.run() == 3
    assert deux._processus[1].poll() is not None


def test_a_signal_stops_them_all_as_an_ordinary_end(signaux: None) -> None:
    deux = Equipe(2, lambda rang: ["sleep", "60"])
    signal.signal(signal.SIGALRM, lambda *_: signal.raise_signal(signal.SIGTERM))
    signal.setitimer(signal.ITIMER_REAL, 0.3)
    assert deux.run() == 0
    assert all(processus.wait(1) < 0 for processus in deux._processus.values())


def test_the_embedded_store_has_one_process_and_says_what_to_do() -> None:
    with pytest.raises(CommandError, match=r"Sur SQLite, un seul processus.*PostgreSQL"):
        call_command("serve", processus=2)
