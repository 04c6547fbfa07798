"""A reader who does not read: set aside, cut, and nobody else waits for him."""

import socket

import httpx

from gradin.domain.amphi.commands import Message
from gradin.live.temps import maintenant_ms
from gradin.operations.amphis import handle
from tests.flux import Flux
from tests.integration.live.conftest import Scene

TEXTE = "x" * 4_000
MESSAGES = 150


def test_a_slow_reader_is_cut_and_the_others_miss_nothing(scene: Scene) -> None:
    agent, coupes = scene.agent(), cut_readers(scene)
    lent = deaf_reader(scene, agent)
    with Flux(scene.serveur.port, scene.amphi.pk, entetes=agent) as flux:
        depart = flux.until("horloge").data["seq"]
        for _ in range(MESSAGES):
            handle(scene.amphi.pk, Message(texte=TEXTE), auteur=None, maintenant=maintenant_ms())
        lus = [fait.id for fait in flux.facts(depart + MESSAGES)]
        assert lus == list(range(depart + 1, depart + MESSAGES + 1))
        scene.wait_for(lambda: cut_readers(scene) == coupes + 1)
    lent.close()


def test_a_reader_is_written_to_without_any_step_between(scene: Scene) -> None:
    """What wraps `send` on the way to a stream would be paid for by each of 10,000 readers at each event."""
    with Flux(scene.serveur.port, scene.amphi.pk) as flux:
        flux.until("horloge")
        assert measure(scene, "gradin_lecteurs") >= 1
        assert measure(scene, "gradin_lecteurs_pilotes") == 0


def deaf_reader(scene: Scene, entetes: dict[str, str]) -> socket.socket:
    prise = socket.socket()
    prise.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    prise.connect(("127.0.0.1", scene.serveur.port))
    lignes = [f"GET /api/v1/amphis/{scene.amphi.pk}/direct HTTP/1.1", "Host: 127.0.0.1"]
    lignes += [f"{nom}: {valeur}" for nom, valeur in entetes.items()]
    prise.sendall("\r\n".join([*lignes, "", ""]).encode())
    return prise


def cut_readers(scene: Scene) -> int:
    return measure(scene, "gradin_lecteurs_coupes_total")


def measure(scene: Scene, nom: str) -> int:
    mesures = httpx.get(f"{scene.serveur.url}/metrics").text.splitlines()
    (ligne,) = (mesure for mesure in mesures if mesure.startswith(f"{nom} "))
    return int(float(ligne.split()[1]))
