"""Clients that hold on: streams that nobody reads, requests whose headers or body never end."""

import contextlib
import select
import socket
import threading
from collections.abc import Sequence

from assurance.monde import Salle

# The least that the kernel allows: a window of 0 after a few facts.
TAMPON = 2_304
GOUTTE_S = 1.0
CORPS = 1_000_000


def deaf(port: int, salle: Salle) -> socket.socket:
    """A stream of the régie, never read."""
    return _asking(port, f"GET {salle.chemin}/direct", f"Authorization: Bearer {salle.agent}\r\n\r\n")


def half_said(port: int, salle: Salle) -> socket.socket:
    """The headers never end."""
    return _asking(port, f"GET {salle.chemin}/direct", "X-Long: ")


def slow_upload(port: int, salle: Salle) -> socket.socket:
    """A body that will be long, octet by octet."""
    entetes = f"Content-Type: application/json\r\nContent-Length: {CORPS}\r\n\r\n"
    return _asking(port, f"POST {salle.chemin}/choix", entetes)


def _asking(port: int, demande: str, suite: str) -> socket.socket:
    prise = socket.socket()
    prise.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, TAMPON)
    prise.settimeout(60)
    prise.connect(("127.0.0.1", port))
    prise.sendall(f"{demande} HTTP/1.1\r\nHost: 127.0.0.1\r\n{suite}".encode())
    return prise


def ended(prises: Sequence[socket.socket]) -> int:
    """How many the server has closed or cut; nothing is read."""
    poll = select.poll()
    for prise in prises:
        poll.register(prise, select.POLLRDHUP)
    return len(poll.poll(0))


class Gouttes:
    """An octet a second on each of them, as long as it is taken."""

    def __init__(self, prises: Sequence[socket.socket]) -> None:
        self._prises = prises
        self._fin = threading.Event()
        self._fil = threading.Thread(target=self._drip)

    def __enter__(self) -> "Gouttes":
        self._fil.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._fin.set()
        self._fil.join()

    def _drip(self) -> None:
        while not self._fin.wait(GOUTTE_S):
            for prise in self._prises:
                with contextlib.suppress(OSError):
                    prise.send(b"a", socket.MSG_DONTWAIT)
