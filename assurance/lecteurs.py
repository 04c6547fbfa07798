"""Readers of one stream in a process of their own: each is cut again and again and resumes where it was.

`python -m assurance.lecteurs HOTE PORT AMPHI NOMBRE COUPURES GRAINE [CERTIFICAT]`. Reads from its standard
input the line of the journal where it begins, then the last one; answers one JSON line once all have it, or
after a while.
"""

import asyncio
import contextlib
import json
import random
import ssl
import sys
import time
from dataclasses import dataclass, field

ATTENTE_S = 120.0
SILENCE_S = 12.0


@dataclass(slots=True)
class Lecteur:
    """`vus`: numbers of the lines as they came. `vu`: where it resumes, as a browser's Last-Event-ID."""

    vu: int
    vus: list[int] = field(default_factory=list)
    coupures: int = 0
    connexions: int = 0
    resyncs: int = 0


@dataclass(slots=True)
class Foule:
    hote: str
    port: int
    amphi: int
    coupures: int
    hasard: random.Random
    tls: ssl.SSLContext | None = None
    lecteurs: list[Lecteur] = field(default_factory=list)
    dernier: int | None = None

    def done(self, lecteur: Lecteur) -> bool:
        return self.dernier is not None and lecteur.vu >= self.dernier

    async def follow(self, lecteur: Lecteur, fin: float) -> None:
        while not self.done(lecteur) and time.monotonic() < fin:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError, TimeoutError, ValueError):
                await self.read_once(lecteur)
            await asyncio.sleep(self.hasard.uniform(0.05, 0.4))

    async def read_once(self, lecteur: Lecteur) -> None:
        """One connection: until it is cut by us, by the network, or because all is read."""
        async with asyncio.timeout(10):
            lire, ecrire = await asyncio.open_connection(self.hote, self.port, ssl=self.tls)
        try:
            # Through a proxy in 1.0: the lines come as they are, not in numbered pieces.
            version, nom = ("1.0", self.hote) if self.tls else ("1.1", "127.0.0.1")
            tete = f"GET /api/v1/amphis/{self.amphi}/direct HTTP/{version}\r\nHost: {nom}\r\n"
            ecrire.write(f"{tete}Last-Event-ID: {lecteur.vu}\r\n\r\n".encode())
            async with asyncio.timeout(SILENCE_S):
                statut = await lire.readline()
            if b" 200 " not in statut:
                return
            lecteur.connexions += 1
            coupe = self.hasard.uniform(0.2, 2.5) if lecteur.coupures < self.coupures else 3_600.0
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(coupe):
                    await self.events(lecteur, lire)
            lecteur.coupures += coupe < 3_600.0
        finally:
            ecrire.transport.abort()

    async def events(self, lecteur: Lecteur, lire: asyncio.StreamReader) -> None:
        """A silence of more than two clocks is a dead connection, as the pages take it."""
        while not self.done(lecteur):
            async with asyncio.timeout(SILENCE_S):
                ligne = await lire.readline()
            if not ligne:
                return
            if ligne.startswith(b"id: "):
                lecteur.vu = int(ligne[4:])
                lecteur.vus.append(lecteur.vu)
            elif ligne.startswith(b"event: resync"):
                lecteur.resyncs += 1


async def run(hote: str, nombres: list[int], certificats: list[str]) -> dict[str, int]:
    port, amphi, nombre, coupures, graine = nombres
    tls = ssl.create_default_context(cafile=certificats[0]) if certificats else None
    foule = Foule(hote, port, amphi, coupures, random.Random(graine), tls)
    loop = asyncio.get_running_loop()
    depart = int(await loop.run_in_executor(None, sys.stdin.readline))
    foule.lecteurs = [Lecteur(depart) for _ in range(nombre)]
    fin = time.monotonic() + 3_600
    taches = [asyncio.create_task(foule.follow(lecteur, fin)) for lecteur in foule.lecteurs]
    print("pret", flush=True)
    foule.dernier = int(await loop.run_in_executor(None, sys.stdin.readline))
    await asyncio.wait(taches, timeout=ATTENTE_S)
    for tache in taches:
        tache.cancel()
    return tell(foule, range(depart + 1, foule.dernier + 1))


def tell(foule: Foule, attendus: range) -> dict[str, int]:
    """What each should have is every line once, in order."""
    return {
        "lecteurs": len(foule.lecteurs),
        "faits": len(attendus),
        "coupures": sum(un.coupures for un in foule.lecteurs),
        "connexions": sum(un.connexions for un in foule.lecteurs),
        "perdus": sum(len(set(attendus) - set(un.vus)) for un in foule.lecteurs),
        "doubles": sum(len(un.vus) - len(set(un.vus)) for un in foule.lecteurs),
        "desordonnes": sum(un.vus != sorted(un.vus) for un in foule.lecteurs),
        "resyncs": sum(un.resyncs for un in foule.lecteurs),
        "entiers": sum(un.vus == list(attendus) for un in foule.lecteurs),
    }


if __name__ == "__main__":
    hote, *nombres = sys.argv[1:7]
    print(json.dumps(asyncio.run(run(hote, [*map(int, nombres)], sys.argv[7:]))), flush=True)
