"""While nothing can be written, pages are told to freeze; they are told when it is over."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from gradin.live.temps import maintenant_ms
from gradin.operations.amphis.pannes import SILENCE, last_alive
from gradin.queries.etats import lire_etat
from tests.flux import Flux
from tests.integration.live.conftest import Scene


@contextmanager
def nothing_can_be_written() -> Iterator[None]:
    """SQLite: BEGIN IMMEDIATE is the writer's lock. PostgreSQL: the beats' table is held."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("LOCK TABLE amphis_battement IN EXCLUSIVE MODE")
        yield


def test_pages_freeze_while_writes_fail_and_are_told_of_the_end(scene: Scene) -> None:
    with Flux(scene.serveur.port, scene.amphi.pk) as flux:
        flux.until("horloge")
        with nothing_can_be_written():
            debut = flux.until("panne").data
            with Flux(scene.serveur.port, scene.amphi.pk) as nouveau:
                assert nouveau.until("panne").data == debut
        assert flux.until("panne").data == {"depuis": debut["depuis"], "finie": True}
    assert debut["finie"] is False


def test_no_time_is_lost_while_writes_fail(scene: Scene) -> None:
    before = scene.snapshot()["tour"]
    with Flux(scene.serveur.port, scene.amphi.pk) as flux:
        with nothing_can_be_written():
            flux.until("panne")
            # Pages freeze a little before a silence counts: a beat that ended late leaves the difference.
            vivant = last_alive(lire_etat(scene.amphi.pk)[1])
            scene.wait_for(lambda: maintenant_ms() > vivant + SILENCE)
        constat = flux.until("PanneConstatee").data["p"]
    after = scene.snapshot()["tour"]
    assert after["fin"] - before["fin"] == constat["a"] - constat["de"] > 0
