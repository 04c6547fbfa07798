"""A network between a browser and the server, which a test cuts without telling either of them."""

import contextlib
import socket
import threading
from collections.abc import Iterator


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
        threading.Thread(target=self._accept, daemon=True).start()

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
            while octets := de.recv(65_536):
                if self._passe.is_set():
                    vers.sendall(octets)
            vers.shutdown(socket.SHUT_WR)


@contextlib.contextmanager
def relaying(port: int) -> Iterator[Relais]:
    relais = Relais(port)
    try:
        yield relais
    finally:
        relais.close()
