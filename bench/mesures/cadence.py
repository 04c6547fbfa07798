"""500 residents who choose by themselves: each listens, and confirms as soon as his tour opens."""

import asyncio
import time
from collections.abc import Iterator

from bench import processus as p
from bench import tailles
from bench.client import request_of
from bench.monde import AmphiMesure, make_amphi
from bench.tableau import Ligne, Tableau

PORT = 8437
LIMITE_S = 300
PAR_MINUTE = 600


def tables() -> Iterator[Tableau]:
    amphi = make_amphi(500, tailles.RESIDENTS)
    p.stay_aside()
    with p.server(p.gradin(PORT), p.health(PORT)):
        duree, refus = asyncio.run(_play(amphi))
    yield Tableau(
        titre=f"an amphi of {tailles.RESIDENTS} residents with automatic choosers",
        reference="real tours of 90 s",
        lignes=(
            Ligne(
                nom="residents a minute",
                valeur=60 * tailles.RESIDENTS / duree,
                unite="/min",
                reference=60 / 90,
                au_moins=PAR_MINUTE,
            ),
            Ligne(nom="from one tour to the next", valeur=1000 * duree / tailles.RESIDENTS, au_plus=100),
            Ligne(nom="choices refused", valeur=refus, unite="", au_plus=0),
        ),
    )


async def _play(amphi: AmphiMesure) -> tuple[float, int]:
    """Everybody is seated first; then the first one is told that he may begin."""
    debut = asyncio.Event()
    assis = [asyncio.Event() for _ in amphi.jetons]
    taches = [
        asyncio.ensure_future(_live(amphi, rang, assis[rang], debut)) for rang in range(len(amphi.jetons))
    ]
    async with asyncio.timeout(LIMITE_S):
        for place in assis:
            await place.wait()
        depart = time.perf_counter()
        debut.set()
        statuts = await asyncio.gather(*taches)
    return time.perf_counter() - depart, sum(statut != 201 for statut in statuts)


async def _live(amphi: AmphiMesure, rang: int, assis: asyncio.Event, debut: asyncio.Event) -> int:
    """The status of his choice."""
    lecture, ecriture = await asyncio.open_connection("127.0.0.1", PORT)
    entetes = f"Host: 127.0.0.1:{PORT}\r\nAuthorization: Bearer {amphi.jetons[rang]}"
    ecriture.write(f"GET /api/v1/amphis/{amphi.pk}/direct HTTP/1.1\r\n{entetes}\r\n\r\n".encode())
    await lecture.readuntil(b"event: ")
    assis.set()
    await debut.wait()
    if rang:
        await _wait_for_turn(lecture, rang + 1)
    statut = await _choose(amphi, rang)
    ecriture.close()
    return statut


async def _wait_for_turn(lecture: asyncio.StreamReader, tour: int) -> None:
    mien = f'"tour":{tour},'.encode()
    while ligne := await lecture.readline():
        if ligne.startswith(b"event: TourOuvert") and mien in (await lecture.readline()):
            return
    raise ConnectionError


async def _choose(amphi: AmphiMesure, rang: int) -> int:
    chemin, corps, entetes = request_of(PORT, amphi, rang)
    lignes = [f"POST {chemin} HTTP/1.1", f"Content-Length: {len(corps)}"]
    lignes += [f"{nom}: {valeur}" for nom, valeur in entetes.items()]
    lecture, ecriture = await asyncio.open_connection("127.0.0.1", PORT)
    ecriture.write("\r\n".join([*lignes, "", ""]).encode() + corps)
    tete = await lecture.readuntil(b"\r\n\r\n")
    ecriture.close()
    return int(tete.split()[1])
