"""A crowd at the door, and everybody back after a restart.

Visitors without an account open the wall page, the snapshot and the stream of one amphi within five seconds;
beside them, one visitor alone. Then signed-in readers lose their server, and come back with their tickets as
browsers do (1 to 5 s, as they are told), while somebody chooses twice a second.
"""

import asyncio
import random
import re
import subprocess
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bench import processus as p
from bench import tailles
from bench.client import confirm
from bench.monde import AmphiMesure, make_amphi, make_sessions
from bench.tableau import Ligne, Tableau

PORT = 8433
FENETRE_S = 5.0
RETOUR_S = (1.0, 5.0)
CADENCE_S = 0.5
LIMITE_S = 120.0
OUVERTURE_MS, RETOUR_MS, CHOIX_MS = 3_000, 15_000, 1_000
LONGUEUR = re.compile(rb"content-length: (\d+)", re.IGNORECASE)
BILLET = re.compile(rb"set-cookie: (gradin_billet_[^;]+)", re.IGNORECASE)


@dataclass(slots=True)
class Foule:
    """What a crowd met: seconds from when each was due to his first live event."""

    delais: list[float] = field(default_factory=list)
    erreurs: list[str] = field(default_factory=list)
    gardes: list[asyncio.StreamWriter] = field(default_factory=list)

    def lines(self, nom: str, p99: float | None = None, dernier: float | None = None) -> Iterator[Ligne]:
        """Their goals, in ms; nobody may have met an error."""
        rangs = sorted(self.delais) or [float("nan")]
        p50, p99_lu = (1000 * rangs[min(len(rangs) - 1, int(len(rangs) * part))] for part in (0.5, 0.99))
        yield Ligne(nom=f"{nom}, p50", valeur=p50)
        yield Ligne(nom=f"{nom}, p99", valeur=p99_lu, au_plus=p99)
        yield Ligne(nom=f"{nom}, last", valeur=1000 * rangs[-1], au_plus=dernier)
        dites = " ".join(sorted(set(self.erreurs))[:2])
        yield Ligne(nom=f"{nom}, errors {dites}".strip(), valeur=len(self.erreurs), unite="", au_plus=0)


def tables() -> Iterator[Tableau]:
    """The client has the other core to itself."""
    p.stay_aside()
    amphi = make_amphi(1, 1_100)
    cookies = list(make_sessions(amphi.comptes, tailles.N))
    with p.server(p.gradin(PORT), p.health(PORT)):
        confirm(PORT, amphi, 0)
        seul = 1000 * asyncio.run(_herd(amphi, 1)).delais[0]
        foule = asyncio.run(_herd(amphi, tailles.VISITEURS))
    yield _table(
        "wall page, snapshot, stream",
        "one visitor",
        foule.lines(f"{tailles.VISITEURS} visitors within {FENETRE_S:.0f} s", p99=OUVERTURE_MS),
        seul,
    )
    retour, choix = asyncio.run(_storm(amphi, cookies))
    lignes = (
        *retour.lines(f"{tailles.N} readers back", dernier=RETOUR_MS),
        *choix.lines("a choice meanwhile, answered", p99=CHOIX_MS),
    )
    yield _table("a restart, from the new server's first answer", "one visitor", lignes, seul)


def _table(titre: str, reference: str, lignes: Iterable[Ligne], seul: float) -> Tableau:
    """Every wait stands beside that of somebody alone."""
    comparees = (replace(un, reference=seul) if un.unite == "ms" else un for un in lignes)
    return Tableau(titre=titre, reference=reference, lignes=tuple(comparees))


async def _herd(amphi: AmphiMesure, nombre: int) -> Foule:
    foule, debut = Foule(), time.monotonic() + 0.5
    visites = [_visit(foule, amphi.pk, debut + FENETRE_S * k / nombre) for k in range(nombre)]
    await asyncio.gather(*visites)
    return foule


async def _visit(foule: Foule, amphi: int, du: float) -> None:
    await asyncio.sleep(max(0.0, du - time.monotonic()))
    async with Told(foule, du):
        lecture, ecriture = await asyncio.open_connection("127.0.0.1", PORT)
        try:
            for chemin in (f"/amphis/{amphi}/ecran/", f"/api/v1/amphis/{amphi}"):
                await _get(lecture, ecriture, chemin)
            await _listen(lecture, ecriture, amphi, "")
        finally:
            ecriture.close()


class Told:
    """Counts what was done since `du`, or why it was not."""

    def __init__(self, foule: Foule, du: float) -> None:
        self._foule = foule
        self._du = du

    async def __aenter__(self) -> None:
        return None

    async def __aexit__(self, genre: Any, error: BaseException | None, trace: Any) -> bool:
        if error is None:
            self._foule.delais.append(time.monotonic() - self._du)
        elif isinstance(error, Exception):
            self._foule.erreurs.append(str(error) or type(error).__name__)
        return isinstance(error, Exception)


async def _get(lecture: asyncio.StreamReader, ecriture: asyncio.StreamWriter, chemin: str) -> None:
    ecriture.write(
        f"GET {chemin} HTTP/1.1\r\nHost: 127.0.0.1:{PORT}\r\nAccept-Encoding: gzip\r\n\r\n".encode()
    )
    tete = await lecture.readuntil(b"\r\n\r\n")
    found = LONGUEUR.search(tete)
    assert found, tete[:40]
    await lecture.readexactly(int(found[1]))
    if not tete.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(tete.split(b"\r\n")[0].decode())


async def _listen(
    lecture: asyncio.StreamReader, ecriture: asyncio.StreamWriter, amphi: int, cookie: str
) -> bytes:
    """Until the first event; gives back the head of the answer."""
    lignes = (f"GET /api/v1/amphis/{amphi}/direct HTTP/1.1", f"Host: 127.0.0.1:{PORT}", cookie)
    ecriture.write(("\r\n".join(filter(None, lignes)) + "\r\n\r\n").encode())
    tete = await lecture.readuntil(b"\r\n\r\n")
    if not tete.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(tete.split(b"\r\n")[0].decode())
    await lecture.readuntil(b"event: ")
    return tete


async def _storm(amphi: AmphiMesure, cookies: Sequence[str]) -> tuple[Foule, Foule]:
    ancien, retour, choix = _serve(), Foule(), Foule()
    p.wait_for(f"http://127.0.0.1:{PORT}/sante")
    venus, pret = asyncio.Event(), asyncio.get_running_loop().create_future()
    places = asyncio.Semaphore(200)
    entres: list[int] = []
    lecteurs = [
        asyncio.ensure_future(_stay(places, entres, pret, retour, amphi.pk, cookie)) for cookie in cookies
    ]
    while len(entres) < len(cookies):
        await asyncio.sleep(0.2)
    await asyncio.to_thread(_stop, ancien)
    neuf = _serve()
    try:
        await asyncio.to_thread(p.wait_for, f"http://127.0.0.1:{PORT}/sante")
        pret.set_result(time.monotonic())
        clics = asyncio.ensure_future(_choose(amphi, choix, venus))
        await asyncio.wait(lecteurs, timeout=LIMITE_S)
        venus.set()
        await clics
    finally:
        await asyncio.to_thread(_stop, neuf)
    return retour, choix


def _serve() -> "subprocess.Popen[bytes]":
    return subprocess.Popen(["taskset", "-c", p.SERVEUR, *p.gradin(PORT)], stdout=subprocess.DEVNULL)


def _stop(serveur: "subprocess.Popen[bytes]") -> None:
    serveur.terminate()
    serveur.wait(20)


async def _stay(
    places: asyncio.Semaphore,
    entres: list[int],
    pret: "asyncio.Future[float]",
    retour: Foule,
    amphi: int,
    cookie: str,
) -> None:
    """Comes in, is cut off, and comes back when his browser does."""
    async with places:
        lecture, ecriture = await asyncio.open_connection("127.0.0.1", PORT)
        tete = await _listen(lecture, ecriture, amphi, cookie)
    found = BILLET.search(tete)
    assert found, "no ticket"
    entres.append(1)
    while await lecture.read(65_536):
        continue
    ecriture.close()
    du = await asyncio.shield(pret)
    await asyncio.sleep(max(0.0, du + random.uniform(*RETOUR_S) - time.monotonic()))
    async with Told(retour, du):
        lecture, ecriture = await asyncio.open_connection("127.0.0.1", PORT)
        await _listen(lecture, ecriture, amphi, f"{cookie}; {found[1].decode()}")
        # He stays.
        retour.gardes.append(ecriture)


async def _choose(amphi: AmphiMesure, choix: Foule, venus: asyncio.Event) -> None:
    rang = 1
    while not venus.is_set():
        async with Told(choix, time.monotonic()):
            await asyncio.to_thread(confirm, PORT, amphi, rang)
            rang += 1
        await asyncio.sleep(CADENCE_S)
