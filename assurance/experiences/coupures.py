"""Power cuts of the embedded store on an ext4, during choices, and the same with weaker settings."""

import os
import random
import shutil
import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import connection

from assurance.coupeur import Disque, own_disk
from assurance.essai import Essai
from assurance.resultat import Resultat, Verdict, held
from tests.factories.amphis import T0, compte_of, make_amphi
from tests.factories.live import start
from tests.factories.ouvrier import Ouvrier

INVARIANTS = "I22, I24, F02, G04"
INJECTE = "the writing process is frozen, the image of its disk copied, mounted and read as after a power cut"
COUPES, COUPES_MAX = 25, 500
TEMOINS = 12
CHOIX = 200
# What SQLite is opened with, by name; empty: as shipped.
REGLAGES = {
    "as shipped (WAL, FULL)": "",
    "WAL, NORMAL": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    "rollback journal, FULL": "PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
}
# Frozen processes may still have a write on its way to the disk.
REPOS_S = 0.05


@dataclass(slots=True)
class Compte:
    """`perdantes`: cuts that lost an acknowledged choice. `demi`: choices without their other rows."""

    coupes: int = 0
    acquis: int = 0
    perdus: int = 0
    perdantes: int = 0
    illisibles: list[str] = field(default_factory=list)


def run(essai: Essai) -> Iterator[Resultat]:
    hasard = random.Random(essai.graine)
    modele, clics = prepared()
    comptes = {nom: Compte() for nom in REGLAGES}
    with own_disk() as disque:
        for nom, pragmas in REGLAGES.items():
            minimum = TEMOINS if pragmas else COUPES
            compte = comptes[nom]
            while wanted(compte, minimum, essai, not pragmas):
                for _ in cut_again(disque, modele, clics, pragmas, hasard, compte):
                    if not wanted(compte, minimum, essai, not pragmas):
                        break
    livre, *temoins = comptes.values()
    montre = all(temoin.perdantes for temoin in temoins)
    verdict = held(livre.perdus or livre.illisibles)
    yield Resultat(
        nom="Power cuts, SQLite",
        invariants=INVARIANTS,
        injecte=INJECTE,
        n=livre.coupes,
        unite="cuts",
        verdict=verdict if montre or verdict is Verdict.ROMPU else Verdict.TEMOIN,
        chiffres={
            "acknowledged before a cut": str(livre.acquis),
            "lost": str(livre.perdus),
            "databases that came back whole": f"{livre.coupes - len(livre.illisibles)} of {livre.coupes}",
        },
        temoin="; ".join(
            f"{nom}: {un.perdantes} of {un.coupes} cuts lose one" for nom, un in [*comptes.items()][1:]
        ),
        remarque="; ".join(livre.illisibles[:3]),
        **essai.commun,
    )


def wanted(compte: Compte, minimum: int, essai: Essai, livre: bool) -> bool:
    """The controls do their minimum; what is shipped goes on while there is time."""
    return compte.coupes < minimum or (livre and essai.goes_on(0.6) and compte.coupes < COUPES_MAX)


def prepared() -> tuple[Path, list[dict[str, Any]]]:
    """A database with a started amphi, and the clicks that its internes will make."""
    clics = prepare_clicks(CHOIX)
    base = Path(connection.settings_dict["NAME"])
    connection.close()
    with closing(sqlite3.connect(base)) as lue:
        lue.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return base, clics


def prepare_clicks(nombre: int) -> list[dict[str, Any]]:
    """A started amphi in this experiment's store; each interne takes the poste of his number in his tour."""
    amphi = make_amphi(internes=nombre, postes=nombre)
    start(amphi)
    return [
        {
            "amphi": amphi.pk,
            "maintenant": T0 + numero,
            "commande": "ConfirmChoix",
            "interne": numero,
            "tour": numero,
            "poste": str(numero),
            "auteur": compte_of(amphi, numero).pk,
            "cle": f"choix-{numero}",
        }
        for numero in range(1, nombre + 1)
    ]


def cut_again(
    disque: Disque,
    modele: Path,
    clics: list[dict[str, Any]],
    pragmas: str,
    hasard: random.Random,
    compte: Compte,
) -> Iterator[None]:
    """One process on a database of its own, cut every few choices; yields after each cut."""
    base = disque.point / "gradin.sqlite3"
    for reste in disque.point.glob("gradin.sqlite3*"):
        reste.unlink()
    shutil.copy(modele, base)
    os.sync()
    suite = iter(clics)
    with closing(Ecrivain(base, pragmas)) as ecrivain:
        recus: list[dict[str, Any]] = []
        for clic in suite:
            recus += ecrivain.choose([clic, *islice(suite, hasard.randint(0, 6))])
            dernier = next(suite, None)
            if dernier is None:
                return
            with ecrivain.frozen_in(dernier, hasard.uniform(0, 0.01)), disque.as_cut() as point:
                judge(point / base.name, recus, compte)
            recus.append(ecrivain.receipt())
            yield


class Ecrivain(Ouvrier):
    """A process that writes on that disk."""

    def __init__(self, base: Path, pragmas: str) -> None:
        avant = {nom: os.environ.get(nom) for nom in ("GRADIN_PRAGMAS", "DJANGO_SETTINGS_MODULE")}
        os.environ.update(GRADIN_PRAGMAS=pragmas, DJANGO_SETTINGS_MODULE="assurance.reglages")
        nom, connection.settings_dict["NAME"] = connection.settings_dict["NAME"], str(base)
        try:
            super().__init__()
        finally:
            connection.settings_dict["NAME"] = nom
            os.environ.update({cle: valeur for cle, valeur in avant.items() if valeur is not None})

    def choose(self, clics: list[dict[str, Any]]) -> list[dict[str, Any]]:
        recus = []
        for clic in clics:
            self.ask(**clic)
            recus.append(self.receipt())
        return recus

    def receipt(self) -> dict[str, Any]:
        reponse = self.answer()
        assert reponse["statut"] == 201, reponse
        return dict(reponse["corps"]["recu"])

    @contextmanager
    def frozen_in(self, clic: dict[str, Any], delai: float) -> Iterator[None]:
        """Stopped while that choice is on its way; it goes on afterwards."""
        self.ask(**clic)
        time.sleep(delai)
        self.process.send_signal(signal.SIGSTOP)
        time.sleep(REPOS_S)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)


def judge(base: Path, acquis: list[dict[str, Any]], compte: Compte) -> None:
    """Opened as the service would; the journal chained, each choice with its affectation."""
    compte.coupes += 1
    compte.acquis += len(acquis)
    with closing(sqlite3.connect(base)) as lue:
        (dit,) = lue.execute("PRAGMA integrity_check").fetchone()
        lignes = dict(lue.execute("SELECT n, h FROM amphis_fait"))
        choix = {n for (n,) in lue.execute("SELECT n FROM amphis_fait WHERE fait = 'ChoixConfirme'")}
        affectes = {n for (n,) in lue.execute("SELECT n FROM amphis_affectation")}
        cles = lue.execute("SELECT count(*) FROM amphis_cleidempotence").fetchone()[0]
    perdus = sum(lignes.get(recu["n"]) != recu["h"] for recu in acquis)
    compte.perdus += perdus
    compte.perdantes += bool(perdus)
    entier = sorted(lignes) == list(range(1, len(lignes) + 1)) and choix == affectes and cles == len(choix)
    if dit != "ok" or not entier:
        compte.illisibles.append(f"cut {compte.coupes}: {dit}, {len(lignes)} lines, {len(affectes)} choices")
