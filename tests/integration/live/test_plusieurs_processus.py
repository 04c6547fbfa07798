"""Two processes on PostgreSQL: what one commits, the readers of the other see; presence is one."""

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from queue import Queue

import pytest
from django.db import connection

from gradin.data.amphis.models import Amphi
from gradin.domain.amphi.commands import Message
from gradin.live import notifications
from gradin.live.temps import maintenant_ms
from gradin.operations.amphis import handle
from tests.flux import LIMITE_S, Flux
from tests.integration.live.conftest import Scene
from tests.serveur import LANCE, running

pytestmark = pytest.mark.postgresql

# Each of the two ways in which a process learns of the others' commits, alone.
ASIDE = "import asyncio, django; django.setup(); "
NOTICES_ALONE = f"{ASIDE}from gradin.live import processus; processus.VEILLE_S = 3_600; {LANCE}"
POLL_ALONE = (
    f"{ASIDE}from gradin.live import processus; processus.VEILLE_S = 0.2; "
    f"processus.listen_to_others = lambda reach: asyncio.sleep(3_600); {LANCE}"
)
ECOUTEUR = "SELECT pid FROM pg_stat_activity WHERE query ILIKE 'LISTEN %%' AND datname = current_database()"


@pytest.fixture
def deux(amphi: Amphi) -> Iterator[tuple[Scene, Scene]]:
    with running() as premier, running() as second:
        yield Scene(amphi=amphi, serveur=premier), Scene(amphi=amphi, serveur=second)


def test_a_choice_made_in_one_process_reaches_the_readers_of_the_other(amphi: Amphi) -> None:
    """By the notices of PostgreSQL alone, then by the safety poll alone."""
    with running(lance=NOTICES_ALONE) as premier, running(lance=POLL_ALONE) as second:
        averti, veille = Scene(amphi=amphi, serveur=premier), Scene(amphi=amphi, serveur=second)
        assert_reaches(veille, averti, rang=1)
        assert_reaches(averti, veille, rang=2)


def assert_reaches(ici: Scene, ailleurs: Scene, rang: int) -> None:
    with Flux(ailleurs.serveur.port, ailleurs.amphi.pk) as flux:
        seq = flux.until("horloge").data["seq"]
        ici.choose(rang, str(rang))
        assert [fait.id for fait in flux.facts(seq + 2)] == [seq + 1, seq + 2]


def test_notices_are_heard_again_once_their_connection_was_lost(
    amphi: Amphi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notifications, "REPRISE_S", 0.05)
    with listening() as heard:
        premier = listener()
        assert_heard(heard, amphi)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [premier])
        listener(other_than=premier)
        assert_heard(heard, amphi)


@contextmanager
def listening() -> Iterator["Queue[tuple[int, int]]"]:
    """What `listen_to_others` tells, in a loop of its own."""
    heard: Queue[tuple[int, int]] = Queue()
    loop = asyncio.new_event_loop()
    tache = loop.create_task(notifications.listen_to_others(lambda amphi, seq: heard.put((amphi, seq))))
    fil = threading.Thread(target=lambda: loop.run_until_complete(asyncio.wait([tache])))
    fil.start()
    try:
        yield heard
    finally:
        loop.call_soon_threadsafe(tache.cancel)
        fil.join()
        loop.close()


def listener(other_than: int = 0) -> int:
    """The backend that listens, once there is one."""
    fin = time.monotonic() + LIMITE_S
    while time.monotonic() < fin:
        with connection.cursor() as cursor:
            cursor.execute(ECOUTEUR)
            trouves = {pid for (pid,) in cursor.fetchall()} - {other_than}
        if trouves:
            return int(trouves.pop())
        time.sleep(0.01)
    raise TimeoutError("nobody listens")


def assert_heard(heard: "Queue[tuple[int, int]]", amphi: Amphi) -> None:
    seq = handle(amphi.pk, Message(texte="ici"), auteur=None, maintenant=maintenant_ms()).seq
    assert heard.get(timeout=LIMITE_S) == (amphi.pk, seq)


def test_the_regie_sees_who_is_connected_to_another_process(deux: tuple[Scene, Scene]) -> None:
    ici, ailleurs = deux
    with Flux(ici.serveur.port, ici.amphi.pk, entetes=ici.agent()) as regie:
        regie.until("presence")
        with Flux(ailleurs.serveur.port, ailleurs.amphi.pk, entetes=ailleurs.bearer(4)):
            while regie.until("presence").data != {"connectes": [4]}:
                pass


def test_the_death_of_one_process_is_no_outage_while_another_beats(deux: tuple[Scene, Scene]) -> None:
    ici, ailleurs = deux
    seq = ici.snapshot()["seq"]
    ailleurs.serveur.kill()
    ailleurs.serveur.start()
    ici.choose(1, "1")
    assert ici.snapshot()["seq"] == seq + 2
