"""Readers of one stream in a process of their own: each is cut again and again and resumes where it was.

`python -m assurance.lecteurs JSON`, the fields of `Demande`. Reads from its standard input the line of the
journal where it begins, then the last one; answers one JSON line once all have it, or after a while.
"""

import asyncio
import contextlib
import hashlib
import json
import random
import ssl
import sys
import time
from dataclasses import dataclass, field
from typing import Any

SILENCE_S = 12.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Demande:
    """`certificat`: over TLS, believing this one alone. `adresse`: where it calls from.

    `reprise`: by Last-Event-ID; without it a reader has what comes while it is there, and no more.
    `attente_s`: how long it may still read once the last line is known. `textes`: answers with all the forms
    in which anybody was told each line.
    """

    hote: str
    port: int
    amphi: int
    nombre: int
    coupures: int
    graine: int
    certificat: str = ""
    adresse: str = ""
    reprise: bool = True
    attente_s: float = 120.0
    textes: bool = False


@dataclass(slots=True)
class Lecteur:
    """`vus`: numbers of the lines as they came. `vu`: where it resumes, as a browser's Last-Event-ID.

    `empreinte`: of all that it was told in numbered events.
    """

    vu: int
    empreinte: Any = field(default_factory=hashlib.sha256)
    vus: list[int] = field(default_factory=list)
    coupures: int = 0
    connexions: int = 0
    resyncs: int = 0


@dataclass(slots=True)
class Foule:
    demande: Demande
    hasard: random.Random
    tls: ssl.SSLContext | None = None
    lecteurs: list[Lecteur] = field(default_factory=list)
    dernier: int | None = None
    textes: dict[int, set[bytes]] = field(default_factory=dict)
    a_couper: int = 0

    def done(self, lecteur: Lecteur) -> bool:
        return self.dernier is not None and lecteur.vu >= self.dernier

    async def follow(self, lecteur: Lecteur, fin: float) -> None:
        while not self.done(lecteur) and time.monotonic() < fin:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError, TimeoutError, ValueError):
                await self.read_once(lecteur)
            await asyncio.sleep(self.hasard.uniform(0.05, 0.4))

    async def read_once(self, lecteur: Lecteur) -> None:
        """One connection: until it is cut by us, by the network, or because all is read."""
        depuis = (self.demande.adresse, 0) if self.demande.adresse else None
        async with asyncio.timeout(10):
            lire, ecrire = await asyncio.open_connection(
                self.demande.hote, self.demande.port, ssl=self.tls, local_addr=depuis
            )
        try:
            ecrire.write(self.head(lecteur).encode())
            async with asyncio.timeout(SILENCE_S):
                statut = await lire.readline()
            if b" 200 " not in statut:
                return
            lecteur.connexions += 1
            coupe = self.hasard.uniform(0.2, 2.5) if lecteur.coupures < self.demande.coupures else 3_600.0
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(coupe):
                    await self.events(lecteur, lire)
            if coupe < 3_600.0:
                self.count(lecteur)
        finally:
            ecrire.transport.abort()

    def count(self, lecteur: Lecteur) -> None:
        """« coupes » is said once everybody has had all his cuts."""
        lecteur.coupures += 1
        if lecteur.coupures == self.demande.coupures:
            self.a_couper -= 1
            if not self.a_couper:
                print("coupes", flush=True)

    def head(self, lecteur: Lecteur) -> str:
        # Through a proxy in 1.0: the lines come as they are, not in numbered pieces.
        version, nom = ("1.0", self.demande.hote) if self.tls else ("1.1", "127.0.0.1")
        tete = f"GET /api/v1/amphis/{self.demande.amphi}/direct HTTP/{version}\r\nHost: {nom}\r\n"
        return tete + f"Last-Event-ID: {lecteur.vu}\r\n" * self.demande.reprise + "\r\n"

    async def events(self, lecteur: Lecteur, lire: asyncio.StreamReader) -> None:
        """A silence of more than two clocks is a dead connection, as the pages take it.

        An event is one once its empty line has come, as in a browser.
        """
        bloc: list[bytes] = []
        while not self.done(lecteur):
            async with asyncio.timeout(SILENCE_S):
                ligne = await lire.readline()
            if not ligne:
                return
            if ligne == b"\n":
                hear(lecteur, bloc)
                if self.demande.textes and bloc and bloc[0].startswith(b"id: "):
                    self.textes.setdefault(lecteur.vu, set()).add(b"".join(bloc[1:]))
                bloc = []
            elif ligne.startswith((b"id: ", b"event: ", b"data: ")):
                bloc.append(ligne)


def hear(lecteur: Lecteur, bloc: list[bytes]) -> None:
    if bloc and bloc[0].startswith(b"id: "):
        lecteur.vu = int(bloc[0][4:])
        lecteur.vus.append(lecteur.vu)
        lecteur.empreinte.update(b"".join(bloc))
    elif b"event: resync\n" in bloc:
        lecteur.resyncs += 1


async def run(demande: Demande) -> dict[str, Any]:
    tls = ssl.create_default_context(cafile=demande.certificat) if demande.certificat else None
    foule = Foule(demande, random.Random(demande.graine), tls)
    loop = asyncio.get_running_loop()
    depart = int(await loop.run_in_executor(None, sys.stdin.readline))
    foule.lecteurs = [Lecteur(depart) for _ in range(demande.nombre)]
    foule.a_couper = demande.nombre
    fin = time.monotonic() + 3_600
    taches = [asyncio.create_task(foule.follow(lecteur, fin)) for lecteur in foule.lecteurs]
    print("pret", flush=True)
    foule.dernier = int(await loop.run_in_executor(None, sys.stdin.readline))
    await asyncio.wait(taches, timeout=demande.attente_s)
    for tache in taches:
        tache.cancel()
    return tell(foule, range(depart + 1, foule.dernier + 1))


def tell(foule: Foule, attendus: range) -> dict[str, Any]:
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
        "textes": {n: sorted(un.decode() for un in tous) for n, tous in foule.textes.items()},
        "moins_coupe": min((un.coupures for un in foule.lecteurs), default=0),
        "empreintes": sorted({un.empreinte.hexdigest() for un in foule.lecteurs}),
    }


if __name__ == "__main__":
    print(json.dumps(asyncio.run(run(Demande(**json.loads(sys.argv[1]))))), flush=True)
