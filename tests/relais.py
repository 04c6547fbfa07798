"""A network between a browser and the server, which a test slows or cuts without telling either of them."""

import contextlib
import random
import socket
import threading
import time
from collections.abc import Iterator

# What was lost comes again: TCP waits for this before it sends the same bytes once more.
RENVOI_S = 1.0
# Of a slow link, one piece at a time: with 150 ms each way, about what 3G carries.
MORCEAU = 32_768


class Relais:
    """Carries bytes both ways; while cut, what arrives is lost and new connections stay unanswered."""

    def __init__(self, port: int) -> None:
        self._vers = port
        self._passe = threading.Event()
        self._passe.set()
        self._ecoute = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._ecoute.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}"
        self._ouvertes: list[socket.socket] = []
        self._retard_s, self._perte, self._sort = 0.0, 0.0, random.Random(7)
        threading.Thread(target=self._accept, daemon=True).start()

    def slow(self, aller_retour_s: float, perte: float) -> None:
        """From now on, each piece is late by half a round trip, and by a resending when it was lost."""
        self._retard_s, self._perte = aller_retour_s / 2, perte

    def cut(self) -> None:
        self._passe.clear()

    def restore(self) -> None:
        """What was open before the cut is dead, as after a change of antenna."""
        for prise in self._ouvertes:
            with contextlib.suppress(OSError):
                prise.shutdown(socket.SHUT_RDWR)
        self._ouvertes.clear()
        self._passe.set()

    def close(self) -> None:
        self.restore()
        self._ecoute.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._ecoute.accept()
                serveur = socket.create_connection(("127.0.0.1", self._vers))
                self._ouvertes += [client, serveur]
                for de, vers in ((client, serveur), (serveur, client)):
                    threading.Thread(target=self._carry, args=(de, vers), daemon=True).start()

    def _carry(self, de: socket.socket, vers: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while octets := de.recv(MORCEAU):
                time.sleep(self._delay())
                if self._passe.is_set():
                    vers.sendall(octets)
            vers.shutdown(socket.SHUT_WR)

    def _delay(self) -> float:
        return self._retard_s + (RENVOI_S if self._sort.random() < self._perte else 0.0)


@contextlib.contextmanager
def relaying(port: int) -> Iterator[Relais]:
    relais = Relais(port)
    try:
        yield relais
    finally:
        relais.close()
