"""Carries packets between two TUN devices, late, lossy or cut: what netem does where the kernel has it.

`python -m assurance.antenne ICI LA GRAINE` makes both devices and says `pret`; each line of its standard
input is an address and its `Liaison` as JSON. At the end of that input it tells what it did, as JSON.
"""

import contextlib
import fcntl
import heapq
import json
import os
import select
import socket
import struct
import sys
import time
from typing import Any

from assurance.voie import Antenne, Liaison

TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 0x0001, 0x1000
PAQUET = 65_535
# Before it looks at the other side again.
SALVE = 64
COMMANDES = 0


def open_tun(nom: str) -> int:
    fd = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(fd, TUNSETIFF, struct.pack("16sH22x", nom.encode(), IFF_TUN | IFF_NO_PI))
    return fd


class Relais:
    """`ici`: the server's side. `retards`: how late each packet left after its due time."""

    def __init__(self, ici: int, la: int, antenne: Antenne) -> None:
        self._autre = {ici: la, la: ici}
        self._la = la
        self._antenne = antenne
        self._attente: list[tuple[float, int, int, bytes]] = []
        self.paquets = 0
        self.retards: list[float] = []

    def run(self) -> None:
        """Until nobody commands any more."""
        while True:
            attente = self._attente[0][0] - time.monotonic() if self._attente else 1.0
            prets, _, _ = select.select([*self._autre, COMMANDES], [], [], max(0.0, attente))
            if COMMANDES in prets and not self._obey():
                return
            for fd in prets:
                if fd != COMMANDES:
                    self._take(fd)
            self._deliver()

    def _obey(self) -> bool:
        dits = os.read(COMMANDES, PAQUET).decode()
        for ligne in dits.splitlines():
            adresse, liaison = json.loads(ligne)
            self._antenne.liaisons[socket.inet_aton(adresse)] = Liaison(**liaison)
        return bool(dits)

    def _take(self, fd: int) -> None:
        with contextlib.suppress(BlockingIOError):
            for _ in range(SALVE):
                paquet = os.read(fd, PAQUET)
                # The kernel speaks of IPv6 by itself: nobody uses it here.
                porte = (
                    self._antenne.carry(paquet, fd == self._la, time.monotonic())
                    if paquet[0] >> 4 == 4
                    else None
                )
                if porte is not None:
                    self.paquets += 1
                    quand, octets = porte
                    heapq.heappush(self._attente, (quand, self.paquets, self._autre[fd], octets))

    def _deliver(self) -> None:
        while self._attente and self._attente[0][0] <= time.monotonic():
            quand, _, fd, paquet = heapq.heappop(self._attente)
            self.retards.append(time.monotonic() - quand)
            # A device whose side is gone.
            with contextlib.suppress(OSError):
                os.write(fd, paquet)

    def tell(self) -> dict[str, Any]:
        antenne, retards = self._antenne, sorted(self.retards) or [0.0]
        return {
            "paquets": self.paquets,
            "p99_ms": retards[len(retards) * 99 // 100] * 1000,
            "pire_ms": retards[-1] * 1000,
            "pertes": {socket.inet_ntoa(adresse): compte for adresse, compte in antenne.pertes.items()},
            "sorts": antenne.sorts,
        }


def main(ici: str, la: str, graine: str) -> None:
    relais = Relais(open_tun(ici), open_tun(la), Antenne(int(graine)))
    print("pret", flush=True)
    relais.run()
    print(json.dumps(relais.tell()), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
