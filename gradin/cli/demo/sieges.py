"""A seat is an open stream: what makes its interne present. Robots read it only to keep it open."""

import asyncio
import contextlib
import random
from urllib.parse import urlsplit

ATTENTES_S = (0.5, 3.0)
MORCEAU = 65_536


class Sieges:
    """Raw sockets: the bytes are thrown away, so that hundreds of seats cost almost nothing."""

    def __init__(self, url: str, amphi: int, hasard: random.Random) -> None:
        adresse = urlsplit(url)
        self._hote = adresse.hostname or "127.0.0.1"
        self._port = adresse.port or 80
        self._chemin = f"/api/v1/amphis/{amphi}/direct"
        self._hasard = hasard
        self._taches: dict[int, asyncio.Task[None]] = {}

    def take(self, compte: int, jeton: str) -> None:
        if compte not in self._taches:
            self._taches[compte] = asyncio.create_task(self._sit(jeton))

    def leave(self, compte: int) -> None:
        tache = self._taches.pop(compte, None)
        if tache is not None:
            tache.cancel()

    def __contains__(self, compte: int) -> bool:
        return compte in self._taches

    async def close(self) -> None:
        taches = [*self._taches.values()]
        self._taches.clear()
        for tache in taches:
            tache.cancel()
        await asyncio.gather(*taches, return_exceptions=True)

    async def _sit(self, jeton: str) -> None:
        """Comes back after a cut, not all at once."""
        while True:
            await asyncio.sleep(self._hasard.uniform(0, ATTENTES_S[0]))
            with contextlib.suppress(OSError):
                await self._watch(jeton)
            await asyncio.sleep(self._hasard.uniform(*ATTENTES_S))

    async def _watch(self, jeton: str) -> None:
        reader, writer = await asyncio.open_connection(self._hote, self._port)
        try:
            writer.write(
                f"GET {self._chemin} HTTP/1.1\r\nHost: {self._hote}:{self._port}\r\n"
                f"Authorization: Bearer {jeton}\r\nAccept: text/event-stream\r\n\r\n".encode()
            )
            await writer.drain()
            while await reader.read(MORCEAU):
                pass
        finally:
            writer.close()
