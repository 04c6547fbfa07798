"""Streams of people who are not there any more, or do not read: the server must let go of them by itself."""

import contextlib
import socket
import time

from assurance.essai import Essai
from assurance.monde import Salle, wait_until
from assurance.ondes import SERVEUR, Ondes, dial, held_from
from assurance.resultat import Resultat, Verdict, held

NOMBRE = 20
# SILENCE_TCP_MS, and the slowness that the hub bears, are 30 s; a clock goes out every 5 s.
LIMITE_S = 45.0
# The least that the kernel allows: a window of 0 after a few facts.
TAMPON = 2_304


class Silences:
    """Of one address the link is cut for ever; another never reads.

    The control is a connection of the first one to a server of ours, with the kernel's own patience.
    """

    def __init__(self, ondes: Ondes, salle: Salle, port: int) -> None:
        self._port = port
        self._absente, self._muette = ondes.address(), ondes.address()
        self._temoin = socket.create_server((SERVEUR, 0))
        self._prises = [dial(self._absente, self._temoin.getsockname()[1], 10)]
        self._lui, _ = self._temoin.accept()
        self._prises += [stream(salle, self._absente, port) for _ in range(NOMBRE)]
        for prise in self._prises[1:]:
            assert b" 200 " in prise.recv(65_536)
        self._prises += [stream(salle, self._muette, port, tampon=TAMPON) for _ in range(NOMBRE)]
        # What ends the greeting is still on its way.
        wait_until(lambda: held_from([self._absente, self._muette], port) == 2 * NOMBRE)
        ondes.cut([self._absente])
        self._debut = time.monotonic()
        self._liberees: dict[str, float] = {}
        self._patient = 0

    def __enter__(self) -> "Silences":
        return self

    def __exit__(self, *_: object) -> None:
        for prise in (*self._prises, self._lui, self._temoin):
            prise.close()

    @property
    def over(self) -> bool:
        return len(self._liberees) == 2

    def look(self) -> None:
        if self.over:
            return
        with contextlib.suppress(OSError):
            self._lui.send(b"still there?\n")
        for adresse in {self._absente, self._muette} - set(self._liberees):
            if held_from([adresse], self._port) == 0:
                self._liberees[adresse] = time.monotonic() - self._debut
        self._patient = held_from([self._absente], self._temoin.getsockname()[1])

    def told(self, essai: Essai) -> Resultat:
        durees = {"half-open": self._absente, "never read": self._muette}
        libres = {nom: self._liberees.get(adresse, float("inf")) for nom, adresse in durees.items()}
        verdict = held([duree for duree in libres.values() if duree > LIMITE_S])
        return Resultat(
            nom="Silent readers",
            invariants="F09 and I35 in part",
            injecte="streams whose link is cut for ever without a word; streams never read (window of 0)",
            n=2 * NOMBRE,
            unite="streams",
            verdict=verdict if self._patient or verdict is Verdict.ROMPU else Verdict.TEMOIN,
            chiffres={
                nom: f"all freed after {duree:.0f} s" if duree < float("inf") else "never all freed"
                for nom, duree in libres.items()
            },
            temoin=f"a server without TCP_USER_TIMEOUT still holds {self._patient} of 1 by then",
            **essai.commun,  # type: ignore[arg-type]
        )


def stream(salle: Salle, adresse: str, port: int, tampon: int = 0) -> socket.socket:
    prise = dial(adresse, port, 10, tampon)
    prise.sendall(f"GET {salle.chemin}/direct HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    return prise
