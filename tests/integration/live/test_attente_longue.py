"""Networks that block streams: the long-poll ends in the same facts."""

import threading

import httpx

from tests.flux import Flux
from tests.integration.live.conftest import Scene


def test_the_long_poll_tells_what_the_stream_tells(scene: Scene) -> None:
    entetes = scene.bearer(5)
    with Flux(scene.serveur.port, scene.amphi.pk, entetes=entetes) as flux:
        depart = flux.until("horloge").data["seq"]
        for rang in (1, 2, 3):
            scene.choose(rang, str(rang))
        lus = [fait.data for fait in flux.facts(depart + 6)]
    reponse = httpx.get(scene.url(f"/faits?depuis={depart}"), headers=entetes)
    assert reponse.json()["faits"] == lus
    assert reponse.json()["seq"] == depart + 6 and not reponse.json()["resync"]
    assert reponse.headers["gradin-maintenant"].isdigit()


def test_a_long_poll_waits_for_the_next_fact(scene: Scene) -> None:
    depart = scene.snapshot()["seq"]
    recu: list[dict[str, object]] = []

    def wait() -> None:
        recu.append(httpx.get(scene.url(f"/faits?depuis={depart}&attente=25"), timeout=60).json())

    attente = threading.Thread(target=wait)
    attente.start()
    scene.choose(1, "5")
    attente.join(timeout=60)
    assert [fait["fait"] for fait in recu[0]["faits"]] == ["ChoixConfirme", "TourOuvert"]  # type: ignore[attr-defined]


def test_a_long_poll_ahead_of_the_journal_is_told_to_resync(scene: Scene) -> None:
    corps = httpx.get(scene.url("/faits?depuis=99999&attente=25")).json()
    assert corps["resync"] and corps["faits"] == [] and corps["seq"] == scene.snapshot()["seq"]


def test_a_long_poll_counts_as_presence(scene: Scene) -> None:
    with Flux(scene.serveur.port, scene.amphi.pk, entetes=scene.agent()) as regie:
        regie.until("presence")
        httpx.get(scene.url("/faits?depuis=0"), headers=scene.bearer(7))
        # Nobody may be told twice before he is seen.
        while regie.until("presence").data != {"connectes": [7]}:
            continue
