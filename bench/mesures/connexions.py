"""Sign-ins by the form, as 5,000 people in 15 minutes; then as fast as they come; choices go on meanwhile."""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.contrib.auth.hashers import make_password, verify_password

from bench import processus as p
from bench import tailles
from bench.client import Debit, confirm
from bench.mesures.choix import AMPHIS, Latence, latence_of
from bench.monde import AmphiMesure, make_amphi
from bench.tableau import Ligne, Tableau
from gradin.data.comptes.models import Compte

PORT = 8438
VOULUES_PAR_SECONDE = 5_000 / 900
CHOIX_MS = 60
# At once when nobody waits for an hour of his own.
ENSEMBLE = 8
LIMITE_S = 300
MOT = "banc-de-mesure-2027"
JETON = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
TEMOIN = re.compile(r"set-cookie: (csrftoken=[^;]+)", re.IGNORECASE)


@dataclass(slots=True)
class Portillon:
    """`delais`: ms from the hour each was due to his session."""

    delais: list[float] = field(default_factory=list)
    duree: float = 0.0


def tables() -> Iterator[Tableau]:
    choix = tailles.CADENCE * LIMITE_S // AMPHIS
    amphis = [make_amphi(800 + k, 3 * choix + 5) for k in range(AMPHIS)]
    courriels = _accounts(2 * tailles.CONNEXIONS)
    p.stay_aside()
    with p.server(p.gradin(PORT), p.health(PORT)):
        for amphi in amphis:
            confirm(PORT, amphi, 0)
        banc = Banc(amphis)
        _, seul = asyncio.run(banc.beside("alone", _rest))
        prevu, avec = asyncio.run(banc.beside("5,000 in 15 min", lambda: _as_due(courriels[::2])))
        presse, vite = asyncio.run(banc.beside("as fast as they come", lambda: _as_fast(courriels[1::2])))
    attente = latence_of("sign-in, as 5,000 in 15 min", prevu.delais)
    debit = len(presse.delais) / presse.duree
    nue = 1 / _hash_s()
    yield Tableau(
        titre=f"{tailles.CONNEXIONS} sign-ins with {tailles.CADENCE} choices a second",
        reference="argon2id alone (rate); the choices alone (ms)",
        lignes=(
            Ligne(nom="page, then form: p50", valeur=attente.p50),
            Ligne(nom="page, then form: p99", valeur=attente.p99),
            Ligne(nom="choice meanwhile, p99", valeur=avec.p99, reference=seul.p99, au_plus=CHOIX_MS),
            Ligne(
                nom="sign-ins as fast as they come",
                valeur=debit,
                unite="/s",
                reference=nue,
                au_moins=VOULUES_PAR_SECONDE,
            ),
            Ligne(nom="choice meanwhile, p99", valeur=vite.p99, reference=seul.p99),
        ),
    )


class Banc:
    """The amphis, and how many chose in them so far."""

    def __init__(self, amphis: list[AmphiMesure]) -> None:
        self._amphis = amphis
        self._faits = 0

    async def beside(
        self, nom: str, travail: Callable[[], Awaitable[Portillon]]
    ) -> tuple[Portillon, Latence]:
        debit, fini = Debit(PORT), asyncio.Event()

        async def work() -> Portillon:
            portillon = await travail()
            fini.set()
            return portillon

        tache = asyncio.ensure_future(work())
        await debit.run(self._amphis, 1, tailles.CADENCE * LIMITE_S, tailles.CADENCE, fini, faits=self._faits)
        assert not debit.refus, debit.refus[:3]
        self._faits += len(debit.latences)
        return await tache, latence_of(nom, debit.latences)


def _accounts(nombre: int) -> list[str]:
    """One hash for all: making them is not measured."""
    empreinte = make_password(MOT)
    courriels = [f"entree{n}@banc.example" for n in range(nombre)]
    Compte.objects.bulk_create(Compte(email=un, password=empreinte) for un in courriels)
    return courriels


def _hash_s() -> float:
    empreinte, debut = make_password(MOT), time.perf_counter()
    for _ in range(10):
        verify_password(MOT, empreinte)
    return (time.perf_counter() - debut) / 10


async def _rest() -> Portillon:
    await asyncio.sleep(10)
    return Portillon()


async def _as_due(courriels: list[str]) -> Portillon:
    portillon, debut = Portillon(), time.perf_counter() + 0.2
    entrees = (_enter(portillon, un, n, debut + n / VOULUES_PAR_SECONDE) for n, un in enumerate(courriels))
    await asyncio.gather(*entrees)
    return portillon


async def _as_fast(courriels: list[str]) -> Portillon:
    portillon, debut, places = Portillon(), time.perf_counter(), asyncio.Semaphore(ENSEMBLE)

    async def enter(n: int, courriel: str) -> None:
        async with places:
            await _enter(portillon, courriel, n, time.perf_counter())

    await asyncio.gather(*(enter(n, un) for n, un in enumerate(courriels)))
    portillon.duree = time.perf_counter() - debut
    return portillon


async def _enter(portillon: Portillon, courriel: str, n: int, du: float) -> None:
    """The page, then the form, each from an address of one's own."""
    await asyncio.sleep(max(0.0, du - time.perf_counter()))
    adresse = (f"127.0.{1 + n // 250}.{1 + n % 250}", 0)
    lecture, ecriture = await asyncio.open_connection("127.0.0.1", PORT, local_addr=adresse)
    tete, page = await _ask(lecture, ecriture, "GET", "", "")
    jeton, temoin = JETON.search(page), TEMOIN.search(tete)
    assert jeton and temoin, tete
    corps = urlencode({"csrfmiddlewaretoken": jeton[1], "login": courriel, "password": MOT})
    tete, page = await _ask(lecture, ecriture, "POST", temoin[1], corps)
    assert tete.startswith("HTTP/1.1 302") and "sessionid=" in tete, page[:300]
    ecriture.close()
    portillon.delais.append((time.perf_counter() - du) * 1000)


async def _ask(
    lecture: asyncio.StreamReader, ecriture: asyncio.StreamWriter, verbe: str, temoin: str, corps: str
) -> tuple[str, str]:
    entetes = (
        f"{verbe} /connexion/ HTTP/1.1\r\nHost: 127.0.0.1:{PORT}\r\nCookie: {temoin}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(corps)}\r\n\r\n"
    )
    ecriture.write((entetes + corps).encode())
    tete = (await lecture.readuntil(b"\r\n\r\n")).decode()
    longueur = int(tete.lower().partition("content-length:")[2].split("\r\n")[0])
    return tete, (await lecture.readexactly(longueur)).decode()
