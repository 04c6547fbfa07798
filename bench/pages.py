"""Visitors who ask for a page as soon as they have the last one: `python -m bench.pages PORT COOKIE …`.

Prints how many pages came and how many were refused, once its standard input is closed.
"""

import asyncio
import contextlib
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bench import processus as p

LONGUEUR = re.compile(rb"content-length: (\d+)", re.IGNORECASE)
# More than either store renders at once: some always wait.
VISITEURS = 12
CHEMIN = "/postes/?vue=poste&tri=-chef&page="
FEUILLES = 30


@dataclass(slots=True)
class Bilan:
    """Filled when the visitors have gone."""

    pages: int = 0
    refusees: int = 0


@contextlib.contextmanager
def saturated(port: int, cookies: Sequence[str]) -> Iterator[Bilan]:
    """The lane of the pages is full meanwhile, from a process on the readers' core."""
    commande = [sys.executable, "-m", "bench.pages", str(port), *cookies[:VISITEURS]]
    visiteurs = subprocess.Popen(
        ["taskset", "-c", p.CLIENT, *commande], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    bilan = Bilan()
    try:
        yield bilan
        dit, _ = visiteurs.communicate(timeout=60)
        bilan.pages, bilan.refusees = map(int, dit.split())
    finally:
        visiteurs.kill()
        visiteurs.wait()


async def visit(port: int, cookies: Sequence[str]) -> Bilan:
    bilan, fini = Bilan(), asyncio.Event()
    asyncio.get_running_loop().add_reader(sys.stdin, fini.set)
    taches = [asyncio.ensure_future(_read(port, un, bilan, fini)) for un in cookies]
    await asyncio.gather(*taches)
    return bilan


async def _read(port: int, cookie: str, bilan: Bilan, fini: asyncio.Event) -> None:
    lecture, ecriture = await asyncio.open_connection("127.0.0.1", port)
    entetes = f"Host: 127.0.0.1:{port}\r\n{cookie}\r\nAccept-Encoding: gzip"
    while not fini.is_set():
        feuille = 1 + (bilan.pages + bilan.refusees) % FEUILLES
        ecriture.write(f"GET {CHEMIN}{feuille} HTTP/1.1\r\n{entetes}\r\n\r\n".encode())
        tete = await lecture.readuntil(b"\r\n\r\n")
        found = LONGUEUR.search(tete)
        await lecture.readexactly(int(found[1]) if found else 0)
        if tete.startswith(b"HTTP/1.1 200"):
            bilan.pages += 1
        else:
            bilan.refusees += 1
    ecriture.close()


if __name__ == "__main__":
    lu = asyncio.run(visit(int(sys.argv[1]), sys.argv[2:]))
    print(lu.pages, lu.refusees)
