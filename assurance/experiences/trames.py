"""The write-ahead log of SQLite cut at every frame, and in the middle of frames."""

import random
import shutil
import sqlite3
import struct
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from django.db import connection

from assurance.essai import Essai
from assurance.resultat import Resultat, held
from tests.factories.amphis import T0, make_amphi
from tests.factories.live import choose, start

INVARIANTS = "I22, I24, I25"
INJECTE = "the log of N choices ends after each of its frames, inside frames, or has a torn frame"
CHOIX = 12
ENTETE, TETE_DE_TRAME = 32, 24


def run(essai: Essai) -> Iterator[Resultat]:
    base = Path(connection.settings_dict["NAME"])
    journal = base.with_name(base.name + "-wal")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_autocheckpoint = 0")
    amphi = make_amphi(internes=CHOIX, postes=CHOIX)
    start(amphi)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    # What a power cut may take is what lies beyond the size that the log had at the answer.
    acquis = []
    for numero in range(1, CHOIX + 1):
        assert choose(amphi, numero, str(numero), T0 + numero, cle=f"c{numero}").statut == 201
        acquis.append(journal.stat().st_size)
    with tempfile.TemporaryDirectory() as dossier:
        fautes, coupes = cut_everywhere(base, journal, acquis, Path(dossier), random.Random(essai.graine))
    yield Resultat(
        nom="The log cut at every frame, SQLite",
        invariants=INVARIANTS,
        injecte=INJECTE,
        n=coupes,
        unite="cuts",
        verdict=held(fautes),
        chiffres={"choices": str(CHOIX), "lost or half written": str(len(fautes))},
        remarque="; ".join(fautes[:3]),
        **essai.commun,
    )


def cut_everywhere(
    base: Path, journal: Path, acquis: list[int], dossier: Path, hasard: random.Random
) -> tuple[list[str], int]:
    octets = journal.read_bytes()
    (page,) = struct.unpack(">I", octets[8:12])
    trame = TETE_DE_TRAME + page
    fins = list(range(ENTETE, len(octets) + 1, trame))
    # In a frame: cut short, or whole in length with its end never written.
    dedans = [(fin + hasard.randrange(1, trame), False) for fin in fins[:-1]]
    dechirees = [(fin + hasard.randrange(1, trame), True) for fin in fins[:-1:4]]
    coupes = [*((fin, False) for fin in fins), *dedans, *dechirees]
    fautes = []
    for ou, dechiree in coupes:
        reste = octets[:ou] + (bytes(-(ou - ENTETE) % trame) if dechiree else b"")
        fautes += judge(base, reste, sum(taille <= ou for taille in acquis), dossier)
    return fautes, len(coupes)


def judge(base: Path, journal: bytes, acquis: int, dossier: Path) -> list[str]:
    """A prefix of the lines, whole, that holds every choice answered before."""
    copie = dossier / base.name
    shutil.copy(base, copie)
    copie.with_name(copie.name + "-shm").unlink(missing_ok=True)
    copie.with_name(copie.name + "-wal").write_bytes(journal)
    with closing(sqlite3.connect(copie)) as lue:
        lignes = [n for (n,) in lue.execute("SELECT n FROM amphis_fait ORDER BY n")]
        choix = [n for (n,) in lue.execute("SELECT n FROM amphis_fait WHERE fait = 'ChoixConfirme'")]
        affectes = [n for (n,) in lue.execute("SELECT n FROM amphis_affectation ORDER BY n")]
        (tete,) = lue.execute("SELECT seq FROM amphis_amphi").fetchone()
    entier = lignes == list(range(1, tete + 1)) and sorted(choix) == affectes
    if entier and len(choix) >= acquis:
        return []
    return [f"cut at {len(journal)}: {len(choix)} choices of {acquis} answered, {len(affectes)} rows"]
