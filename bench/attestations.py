"""Everybody downloads his attestation at once while choices go on: `sh bench/run attestations`.

The choices alone come first: the reference is the same server, in the same run. Nothing is pinned, since the
child processes that make the pages must find the other core by themselves.
"""

import asyncio
import itertools
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass

from bench import processus as p
from bench.choix import Latence, latence_of
from bench.client import Debit, confirm
from bench.monde import AmphiMesure, make_amphi
from gradin.data.courriers.models import Envoi
from gradin.domain.amphi.commands import ConfirmChoix
from gradin.live.temps import maintenant_ms
from gradin.operations.amphis import beat, handle

PORT = 9251
AMPHIS = 20
DEMANDEURS = 8
LIMITE_S = 300
CPU = (os.cpu_count() or 1) - 1
ADRESSE = "/api/v1/mes-attestations/2027-05.pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Livraison:
    """`duree`, and the CPU of the server and of its press, in seconds; the choices before and meanwhile."""

    nombre: int
    duree: float
    serveur: float
    presse: float
    octets: int
    seul: Latence
    pendant: Latence


def measure(nombre: int, par_seconde: float, choix: int) -> Livraison:
    chacun = -(-nombre // AMPHIS)
    suite = chacun + choix // AMPHIS + int(par_seconde * LIMITE_S / AMPHIS) + 5
    amphis = [make_amphi(300 + k, suite) for k in range(AMPHIS)]
    for amphi in amphis:
        _choose_already(amphi, chacun)
    Envoi.objects.all().delete()
    with p.server(p.gradin(PORT), f"http://127.0.0.1:{PORT}/sante", coeurs=f"0-{CPU}") as serveur:
        for amphi in amphis:
            confirm(PORT, amphi, chacun)
        return asyncio.run(_measure(serveur.pid, amphis, chacun, nombre, par_seconde, choix))


def _choose_already(amphi: AmphiMesure, nombre: int) -> None:
    for rang in range(nombre):
        maintenant = maintenant_ms()
        if rang % 100 == 0:
            beat("banc", maintenant)
        commande = ConfirmChoix(interne=rang + 1, poste=amphi.postes[rang], tour=rang + 1, vu=1)
        reponse = handle(amphi.pk, commande, auteur=amphi.comptes[rang].pk, maintenant=maintenant)
        assert reponse.statut == 201, reponse.corps


async def _measure(
    pid: int, amphis: list[AmphiMesure], chacun: int, nombre: int, par_seconde: float, choix: int
) -> Livraison:
    seul = Debit(PORT)
    await seul.run(amphis, chacun + 1, choix, par_seconde)
    pendant, avant = Debit(PORT), _cpu(pid)
    jetons = itertools.islice((jeton for un in amphis for jeton in un.jetons[:chacun]), nombre)
    fini = asyncio.Event()
    demandes = asyncio.ensure_future(_download_all(jetons, fini))
    depart = chacun + 1 + -(-choix // AMPHIS)
    await pendant.run(amphis, depart, int(par_seconde * LIMITE_S), par_seconde, fini)
    duree, octets = await demandes
    apres = _cpu(pid)
    assert not seul.refus + pendant.refus, (seul.refus + pendant.refus)[:3]
    cadence = f"{par_seconde:g} choix/s"
    return Livraison(
        nombre=nombre,
        duree=duree,
        serveur=apres[0] - avant[0],
        presse=apres[1] - avant[1],
        octets=octets,
        seul=latence_of(f"{cadence}, seuls", seul.latences),
        pendant=latence_of(f"{cadence}, pendant", pendant.latences),
    )


def _cpu(pid: int) -> tuple[float, float]:
    return p.cpu_ms(pid) / 1000, sum(map(p.cpu_ms, p.children_of(pid))) / 1000


async def _download_all(jetons: Iterator[str], fini: asyncio.Event) -> tuple[float, int]:
    debut = time.perf_counter()
    poids = await asyncio.gather(*(_download(jetons) for _ in range(DEMANDEURS)))
    fini.set()
    return time.perf_counter() - debut, sum(poids)


async def _download(jetons: Iterator[str]) -> int:
    """One connection after another, until nobody is left; how many octets came."""
    lecture, ecriture = await asyncio.open_connection("127.0.0.1", PORT)
    poids = 0
    for jeton in jetons:
        entetes = f"Host: 127.0.0.1:{PORT}\r\nAuthorization: Bearer {jeton}"
        ecriture.write(f"GET {ADRESSE} HTTP/1.1\r\n{entetes}\r\n\r\n".encode())
        tete = await lecture.readuntil(b"\r\n\r\n")
        assert tete.startswith(b"HTTP/1.1 200"), tete
        pdf = await lecture.readexactly(int(tete.lower().partition(b"content-length:")[2].split(b"\r\n")[0]))
        assert pdf.startswith(b"%PDF"), pdf[:80]
        poids += len(pdf)
    ecriture.close()
    return poids


def table() -> Iterator[str]:
    nombre = int(os.environ.get("GRADIN_BENCH_ATTESTATIONS", "5000"))
    par_seconde = float(os.environ.get("GRADIN_BENCH_CADENCE", "5"))
    mesure = measure(nombre, par_seconde, 300)
    debit = mesure.nombre / mesure.duree
    poids = mesure.octets / mesure.nombre / 1024
    yield (
        f"{mesure.nombre} attestations by HTTP in {mesure.duree:.1f} s: {debit:.0f} a second, "
        f"{poids:.0f} KiB each. CPU: server {mesure.serveur:.1f} s, press {mesure.presse:.1f} s."
    )
    yield ""
    yield "| a choice | p50 ms | p99 ms | worst ms | number |"
    yield "|---|---|---|---|---|"
    for un in (mesure.seul, mesure.pendant):
        yield f"| {un.nom} | {un.p50:.2f} | {un.p99:.1f} | {un.pire:.1f} | {un.nombre} |"
