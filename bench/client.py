"""The smallest HTTP client that confirms a choice: its own time must not count."""

import asyncio
import http.client
import json
import secrets
import time
from dataclasses import dataclass, field

from bench.monde import AmphiMesure

ENCORE_S = 1.0


def request_of(port: int, amphi: AmphiMesure, rang: int) -> tuple[str, bytes, dict[str, str]]:
    """Interne `rang` (from 0) confirms his poste in his tour."""
    corps = json.dumps({"poste": amphi.postes[rang], "tour": rang + 1, "vu": 1}).encode()
    entetes = {
        "Host": f"127.0.0.1:{port}",
        "Authorization": f"Bearer {amphi.jetons[rang]}",
        "Content-Type": "application/json",
        "Idempotency-Key": secrets.token_hex(8),
    }
    return f"/api/v1/amphis/{amphi.pk}/choix", corps, entetes


def confirm(port: int, amphi: AmphiMesure, rang: int) -> None:
    chemin, corps, entetes = request_of(port, amphi, rang)
    connexion = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connexion.request("POST", chemin, corps, entetes)
    reponse = connexion.getresponse()
    texte = reponse.read()
    assert reponse.status == 201, texte
    connexion.close()


@dataclass(slots=True)
class Debit:
    """Choices sent at a steady rate whatever the answers; latencies (ms) count from the hour each was due.

    Who is told that the service is saturated sends his choice again, as the page lets him: he waits longer.
    """

    port: int
    latences: list[float] = field(default_factory=list)
    refus: list[bytes] = field(default_factory=list)

    async def run(
        self,
        amphis: list[AmphiMesure],
        depart: int,
        choix: int,
        par_seconde: float,
        fini: asyncio.Event | None = None,
        *,
        faits: int = 0,
    ) -> None:
        """`choix` of them, or fewer when `fini` comes first; `faits`: those of former runs from `depart`."""
        debut = time.perf_counter() + 0.2
        connexions = [await asyncio.open_connection("127.0.0.1", self.port) for _ in amphis]
        verrous = [asyncio.Lock() for _ in amphis]
        envois = []
        for k in range(choix):
            du = debut + k / par_seconde
            await asyncio.sleep(max(0.0, du - time.perf_counter()))
            if fini and fini.is_set():
                break
            lieu = (faits + k) % len(amphis)
            rang = depart + (faits + k) // len(amphis)
            envois.append(
                asyncio.ensure_future(self._send(amphis[lieu], rang, connexions[lieu], verrous[lieu], du))
            )
        await asyncio.gather(*envois)
        for _, ecriture in connexions:
            ecriture.close()

    async def _send(
        self,
        amphi: AmphiMesure,
        rang: int,
        connexion: tuple[asyncio.StreamReader, asyncio.StreamWriter],
        verrou: asyncio.Lock,
        du: float,
    ) -> None:
        chemin, corps, entetes = request_of(self.port, amphi, rang)
        lignes = [f"POST {chemin} HTTP/1.1", f"Content-Length: {len(corps)}"]
        lignes += [f"{nom}: {valeur}" for nom, valeur in entetes.items()]
        demande = "\r\n".join([*lignes, "", ""]).encode() + corps
        async with verrou:
            while (reponse := await _exchange(*connexion, demande))[0].startswith(b"HTTP/1.1 503"):
                await asyncio.sleep(ENCORE_S)
        tete, texte = reponse
        self.latences.append((time.perf_counter() - du) * 1000)
        if not tete.startswith(b"HTTP/1.1 201"):
            self.refus.append(texte)


async def _exchange(
    lecture: asyncio.StreamReader, ecriture: asyncio.StreamWriter, demande: bytes
) -> tuple[bytes, bytes]:
    ecriture.write(demande)
    tete = await lecture.readuntil(b"\r\n\r\n")
    longueur = int(tete.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
    return tete, await lecture.readexactly(longueur)
