"""A namespace of clients behind a radio link: each of its addresses has a link of its own (`voie.py`)."""

import contextlib
import ctypes
import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from assurance.coupeur import sh
from assurance.essai import Impossible
from assurance.voie import Liaison

ESPACE, ICI, LA = "gradin-ondes", "gradin-on0", "gradin-on1"
# The server's address, and those of the clients.
RESEAU, SERVEUR = "10.236.94.0/24", "10.236.94.1"
PREMIERE, DERNIERE = 2, 250
DEVANT = ("ip", "netns", "exec", ESPACE)
CLONE_NEWNET = 0x40000000
LIBC = ctypes.CDLL(None, use_errno=True)


class Ondes:
    """Addresses are given once each: nobody inherits the link of another."""

    def __init__(self, processus: subprocess.Popen[str]) -> None:
        self._processus = processus
        self._liaisons: dict[str, Liaison] = {}
        self._prochaine = PREMIERE
        self._verrou = threading.Lock()

    def address(self, **liaison: Any) -> str:
        assert self._prochaine <= DERNIERE
        adresse = f"10.236.94.{self._prochaine}"
        self._prochaine += 1
        sh("ip", "-n", ESPACE, "address", "add", f"{adresse}/32", "dev", LA)
        self._liaisons[adresse] = Liaison()
        self.change(adresse, **liaison)
        return adresse

    def change(self, adresse: str, **liaison: Any) -> None:
        """What is not named stays as it was."""
        with self._verrou:
            self._liaisons[adresse] = replace(self._liaisons[adresse], **liaison)
            assert self._processus.stdin is not None
            self._processus.stdin.write(json.dumps([adresse, asdict(self._liaisons[adresse])]) + "\n")
            self._processus.stdin.flush()

    def cut(self, adresses: Sequence[str], *, coupe: bool = True) -> None:
        """Nothing passes, and nobody is told; or it passes again."""
        for adresse in adresses:
            self.change(adresse, aller=not coupe, retour=not coupe)

    def take_default(self, adresse: str) -> None:
        """Of whoever asks for none: a browser. The namespace's programs are told, as of another antenna."""
        sh("ip", "-n", ESPACE, "route", "replace", RESEAU, "dev", LA, "src", adresse)

    def drop(self, adresse: str) -> None:
        """It is nobody's any more; what was open from it is dead."""
        self.cut([adresse])
        sh("ip", "-n", ESPACE, "address", "delete", f"{adresse}/32", "dev", LA)

    def tell(self) -> dict[str, Any]:
        """Ends the relay; what it carried."""
        dit, _ = self._processus.communicate(timeout=30)
        return dict(json.loads(dit))


@contextlib.contextmanager
def radio(graine: int) -> Iterator[Ondes]:
    """Raises Impossible without root, `ip` or TUN devices."""
    if os.geteuid() != 0 or shutil.which("ip") is None:
        raise Impossible("needs root and iproute2: a network namespace is made")
    if not Path("/dev/net/tun").exists():
        raise Impossible("needs /dev/net/tun: packets are lost and late between two TUN devices")
    subprocess.run(["ip", "netns", "delete", ESPACE], check=False, capture_output=True)
    commande = [sys.executable, "-m", "assurance.antenne", ICI, LA, str(graine)]
    processus = subprocess.Popen(commande, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert processus.stdout is not None
        if processus.stdout.readline().strip() != "pret":
            raise Impossible("TUN devices cannot be made here")
        raise_link()
        yield Ondes(processus)
    finally:
        processus.kill()
        processus.communicate()
        subprocess.run(["ip", "netns", "delete", ESPACE], check=False, capture_output=True)


def raise_link() -> None:
    sh("ip", "netns", "add", ESPACE)
    sh("ip", "link", "set", LA, "netns", ESPACE)
    sh("ip", "address", "add", f"{SERVEUR}/24", "dev", ICI)
    sh("ip", "link", "set", ICI, "up")
    sh("ip", "-n", ESPACE, "link", "set", "lo", "up")
    sh("ip", "-n", ESPACE, "link", "set", LA, "up")
    sh("ip", "-n", ESPACE, "route", "add", RESEAU, "dev", LA)


@contextlib.contextmanager
def inside() -> Iterator[None]:
    """Sockets that this thread makes meanwhile belong to the namespace, and stay there."""
    with Path(f"/run/netns/{ESPACE}").open("rb") as la, Path("/proc/thread-self/ns/net").open("rb") as ici:
        enter(la.fileno())
        try:
            yield
        finally:
            enter(ici.fileno())


def enter(espace: int) -> None:
    if LIBC.setns(espace, CLONE_NEWNET):
        raise OSError(ctypes.get_errno(), "setns")


def dial(adresse: str, port: int, delai_s: float, tampon: int = 0) -> socket.socket:
    """From that address of the namespace to the server; `tampon`: octets that may wait to be read."""
    with inside():
        prise = socket.socket()
    prise.settimeout(delai_s)
    prise.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if tampon:
        prise.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, tampon)
    prise.bind((adresse, 0))
    prise.connect((SERVEUR, port))
    return prise


class Mobile(http.client.HTTPConnection):
    """A client on that address; gives up after `timeout` seconds without an octet."""

    def __init__(self, adresse: str, port: int, delai_s: float) -> None:
        super().__init__("127.0.0.1", port, timeout=delai_s)
        self._adresse, self._delai_s = adresse, delai_s

    def connect(self) -> None:
        self.sock = dial(self._adresse, self.port, self._delai_s)


def mobile(adresse: str, delai_s: float = 8.0) -> Callable[[int], http.client.HTTPConnection]:
    return lambda port: Mobile(adresse, port, delai_s)


def held_from(adresses: Sequence[str], port: int) -> int:
    """Connections of those addresses that the server's kernel still holds for its process."""
    cherchees = {f"{int.from_bytes(socket.inet_aton(un), sys.byteorder):08X}" for un in adresses}
    lues = (ligne.split() for ligne in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:])
    # 01: established. 08: the other side has ended it, the process has not yet.
    return sum(
        mots[2][:8] in cherchees and mots[1][9:] == f"{port:04X}" and mots[3] in ("01", "08") for mots in lues
    )
