"""A seat is an open stream: what makes its interne present. Robots read the numbers of its facts, no more."""

import asyncio
import contextlib
import random
import re
import ssl
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from gradin.cli.demo.bilan import Bilan

ATTENTES_S = (0.5, 3.0)
INSTALLATION_S = 20.0
PAS_S = 0.1
MORCEAU = 65_536
MINUTE_S = 60.0
# Whoever was cut and is not back then is counted, unless his amphi has closed meanwhile.
RETOUR_S = 15.0
FAIT = re.compile(rb"^(?:id: (\d+)|event: (resync))", re.MULTILINE)


@dataclass(slots=True)
class Siege:
    """`vu`: the last fact read. `coupe`: when we cut it, 0 once it is back. `ouvert`: since when."""

    compte: int
    jeton: str
    vu: int = 0
    coupe: float = 0.0
    ouvert: float = 0.0


class Sieges:
    """Raw sockets: the rest of the bytes is thrown away, so that hundreds of seats cost almost nothing.

    `coupures`: the share of the seats that is cut each minute, without a word; each resumes where it was.
    """

    def __init__(self, url: str, bilan: Bilan, hasard: random.Random, coupures: float = 0.0) -> None:
        adresse = urlsplit(url)
        self._tls = ssl.create_default_context() if adresse.scheme == "https" else None
        self._hote = adresse.hostname or "127.0.0.1"
        self._port = adresse.port or (443 if self._tls else 80)
        self._bilan = bilan
        self._hasard = hasard
        self._coupures = coupures
        self._taches: dict[int, asyncio.Task[None]] = {}
        self._admis: set[int] = set()
        # Something has happened in the amphi.
        self.nouveau = asyncio.Event()

    def take(self, compte: int, jeton: str) -> None:
        if compte not in self._taches:
            self._taches[compte] = asyncio.create_task(self._sit(Siege(compte, jeton)))

    def leave(self, compte: int) -> None:
        tache = self._taches.pop(compte, None)
        if tache is not None:
            tache.cancel()

    async def settle(self) -> None:
        """Until all have been admitted once, or a moment: a seat that does not come holds back nobody."""
        limite = time.monotonic() + INSTALLATION_S
        while self._admis < self._taches.keys() and time.monotonic() < limite:
            await asyncio.sleep(PAS_S)

    def __contains__(self, compte: int) -> bool:
        return compte in self._taches

    async def close(self) -> None:
        taches = [*self._taches.values()]
        self._taches.clear()
        for tache in taches:
            tache.cancel()
        await asyncio.gather(*taches, return_exceptions=True)

    async def _sit(self, siege: Siege) -> None:
        """Comes back after a cut, not all at once."""
        try:
            while True:
                await asyncio.sleep(self._hasard.uniform(0, ATTENTES_S[0]))
                with contextlib.suppress(OSError, asyncio.IncompleteReadError):
                    await self._watch(siege)
                await asyncio.sleep(self._hasard.uniform(*ATTENTES_S))
        finally:
            self._bilan.perdus += siege.coupe > 0 and time.monotonic() - siege.coupe > RETOUR_S

    async def _watch(self, siege: Siege) -> None:
        reader, writer = await asyncio.open_connection(self._hote, self._port, ssl=self._tls)
        try:
            writer.write(self._request(siege))
            await writer.drain()
            if b" 200 " not in await reader.readline():
                return
            siege.coupe, siege.ouvert = 0.0, time.monotonic()
            self._admis.add(siege.compte)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._until_cut()):
                    await self._read(siege, reader)
                return
            siege.coupe = time.monotonic()
            self._bilan.coupures += 1
        finally:
            # As a network does it: nothing is said to the other side.
            writer.transport.abort()

    def _until_cut(self) -> float | None:
        return self._hasard.expovariate(self._coupures / MINUTE_S) if self._coupures else None

    def _request(self, siege: Siege) -> bytes:
        """In 1.0: a proxy then sends the lines as they are, not in numbered pieces."""
        reprise = f"Last-Event-ID: {siege.vu}\r\n" if siege.vu else ""
        return (
            f"GET /api/v1/amphis/{self._bilan.amphi}/direct HTTP/1.0\r\nHost: {self._hote}:{self._port}\r\n"
            f"Authorization: Bearer {siege.jeton}\r\nAccept: text/event-stream\r\n{reprise}\r\n"
        ).encode()

    async def _read(self, siege: Siege, reader: asyncio.StreamReader) -> None:
        reste = b""
        while octets := await reader.read(MORCEAU):
            lignes, _, reste = (reste + octets).rpartition(b"\n")
            for numero, resync in FAIT.findall(lignes):
                if not resync and siege.vu and int(numero) != siege.vu + 1:
                    self._bilan.trous += 1
                siege.vu = int(numero) if numero else 0
                self._bilan.seen(siege.vu, siege.ouvert)
                self.nouveau.set()
