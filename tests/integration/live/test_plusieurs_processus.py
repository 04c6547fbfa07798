"""Two processes on PostgreSQL: what one commits, the readers of the other see; presence is one."""

from collections.abc import Iterator

import pytest

from gradin.data.amphis.models import Amphi
from tests.flux import Flux
from tests.integration.live.conftest import Scene
from tests.serveur import running

pytestmark = pytest.mark.postgresql


@pytest.fixture
def deux(amphi: Amphi) -> Iterator[tuple[Scene, Scene]]:
    with running() as premier, running() as second:
        yield Scene(amphi=amphi, serveur=premier), Scene(amphi=amphi, serveur=second)


def test_a_choice_made_in_one_process_reaches_the_readers_of_the_other(deux: tuple[Scene, Scene]) -> None:
    ici, ailleurs = deux
    with Flux(ailleurs.serveur.port, ailleurs.amphi.pk) as flux:
        seq = flux.until("horloge").data["seq"]
        for rang in (1, 2, 3):
            ici.choose(rang, str(rang))
        assert [fait.id for fait in flux.facts(seq + 6)] == list(range(seq + 1, seq + 7))


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
