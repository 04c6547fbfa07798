"""A full disk, then a disk that answers with errors, under a served process."""

import contextlib
import http.client
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection

from assurance.coupeur import sh
from assurance.essai import Essai, Impossible
from assurance.monde import Salle, choose, open_salle, open_tour, snapshot, wait_until
from assurance.resultat import Resultat, Verdict, held
from tests.flux import Flux
from tests.serveur import Serveur, running

INVARIANTS = "I27, F03, F04, I57"
INJECTE = "the database on a small tmpfs filled to the last octet; then every fsync answers EIO (strace)"
INJOIGNABLE = (OSError, http.client.HTTPException)
REFUS = 20
ARRET_S = 5


def run(essai: Essai) -> Iterator[Resultat]:
    salle = open_salle(300)
    with small_disk() as point, running() as serveur:
        yield full(essai, salle, serveur, point)
        yield failing(essai, salle, serveur)


@contextmanager
def small_disk() -> Iterator[Path]:
    """The store of this experiment moves onto it."""
    if os.geteuid() != 0:
        raise Impossible("needs root: a file system is mounted")
    base = Path(connection.settings_dict["NAME"])
    connection.close()
    point = Path(tempfile.mkdtemp(prefix="gradin-disque-"))
    sh("mount", "-t", "tmpfs", "-o", f"size={base.stat().st_size // 2**20 + 8}m", "tmpfs", str(point))
    try:
        for fichier in base.parent.glob(base.name + "*"):
            shutil.copy(fichier, point)
        connection.settings_dict["NAME"] = str(point / base.name)
        yield point
    finally:
        connection.close()
        connection.settings_dict["NAME"] = str(base)
        subprocess.run(["umount", "-l", str(point)], check=False, capture_output=True)
        point.rmdir()


def full(essai: Essai, salle: Salle, serveur: Serveur, point: Path) -> Resultat:
    for _ in range(5):
        choose(serveur.port, salle, open_tour(salle))
    with Flux(serveur.port, salle.amphi.pk) as flux:
        flux.until("horloge")
        bouchon = point / "bouchon"
        fill(bouchon)
        statuts = [answer(serveur, salle) for _ in range(REFUS)]
        banniere = flux.until("panne", 60).data
        bouchon.unlink()
        repris = wait_until(lambda: answer(serveur, salle) == "201", 90)
    fautes = salle.judge()
    faux = [statut for statut in statuts if statut.startswith("2")]
    return Resultat(
        nom="Full disk",
        invariants=INVARIANTS,
        injecte=INJECTE.partition(";")[0],
        n=REFUS,
        unite="choices",
        verdict=held(fautes),
        chiffres={
            "answers while full": tally(statuts),
            "accepted in what room was left, and kept": str(len(faux)),
            "pages told": "yes" if not banniere.get("finie") else "no",
            "choices go on after room is made": f"yes, by themselves ({repris:.1f} s)",
            "state": snapshot(serveur, salle)["etat"],
        },
        remarque="; ".join(fautes[:3]),
        **essai.commun,
    )


def fill(bouchon: Path) -> None:
    """To the last octet that a write of one octet may have."""
    with bouchon.open("wb", buffering=0) as fichier:
        for taille in (2**20, 2**12, 1):
            try:
                while fichier.write(bytes(taille)):
                    pass
            except OSError:
                continue


def answer(serveur: Serveur, salle: Salle) -> str:
    """What the one choosing is answered."""
    try:
        statut, dit = choose(serveur.port, salle, open_tour(salle))
    except INJOIGNABLE as erreur:
        return type(erreur).__name__
    return str(statut) if statut < 300 else f"{statut} {dit.get('motif', '')}".strip()


def tally(statuts: list[str]) -> str:
    return ", ".join(f"{statut} × {statuts.count(statut)}" for statut in sorted(set(statuts)))


def failing(essai: Essai, salle: Salle, serveur: Serveur) -> Resultat:
    """What was answered before and meanwhile is there once the process, which may trust no page, is new."""
    if shutil.which("strace") is None:
        return Resultat(
            nom="EIO on fsync",
            invariants=INVARIANTS,
            injecte=INJECTE.rpartition("; ")[2],
            verdict=Verdict.PAS_JOUE,
            remarque="strace is not installed",
            **essai.commun,
        )
    trace = attach(serveur)
    statuts = [answer(serveur, salle) for _ in range(REFUS)]
    arrete = stopped(serveur)
    trace.send_signal(signal.SIGINT)
    trace.wait()
    if arrete is None:
        serveur.kill()
    serveur.start()
    wait_until(lambda: snapshot(serveur, salle)["seq"] == max(salle.lines()))
    apres = answer(serveur, salle)
    # SIGKILL keeps the page cache: what was told to be kept while no fsync succeeded is a fault by itself.
    fautes = [f"told to be kept while fsync failed: {un}" for un in statuts if un.startswith("2")]
    fautes += [] if apres == "201" else [f"after the restart: {apres}"]
    fautes += [] if arrete != 0 else ["it stopped as if nothing was wrong"]
    fautes += salle.judge()
    return Resultat(
        nom="EIO on fsync",
        invariants=INVARIANTS,
        injecte=INJECTE.rpartition("; ")[2],
        n=REFUS,
        unite="choices",
        verdict=held(fautes),
        chiffres={
            "answers meanwhile": tally(statuts),
            "the process": "served on, refusing" if arrete is None else f"stopped by itself, code {arrete}",
            "after a restart": apres,
        },
        remarque="; ".join(fautes[:3]),
        **essai.commun,
    )


def stopped(serveur: Serveur) -> int | None:
    """The exit code of a process that leaves by itself, which an fsync that fails may well ask for."""
    assert serveur.processus is not None
    with contextlib.suppress(subprocess.TimeoutExpired):
        serveur.processus.wait(ARRET_S)
    return serveur.processus.returncode


def attach(serveur: Serveur) -> "subprocess.Popen[Any]":
    """The next beat may already be the last thing that this process does."""
    assert serveur.processus is not None
    commande = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync,fdatasync"]
    commande += ["-e", "inject=fsync,fdatasync:error=EIO", "-p", str(serveur.pid)]
    trace = subprocess.Popen(commande, stderr=subprocess.DEVNULL)
    time.sleep(0.3)
    if trace.poll() is not None and serveur.processus.poll() is None:
        raise Impossible("strace may not attach to a process here")
    return trace
