"""The restore drill: a copy taken while people choose, a loss, another machine that serves."""

import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from threading import Thread
from urllib.parse import urlsplit

import psycopg

from assurance.essai import Essai
from assurance.grappe import programme
from assurance.monde import Salle, ask, choose, open_salle, snapshot, wait_until
from assurance.resultat import Resultat, held
from gradin.data.amphis.models import Fait
from tests.serveur import LANCE, Serveur, running, store_url

INVARIANTS = "I28, G27, I16"
INJECTE = (
    "`gradin backup` while it serves, half of the times while people choose; the machine is lost; restored "
    "elsewhere, served, chosen on"
)
EXERCICES, REFUSES = 20, 3
# How many choose while a copy is written, and after it at most.
AUTOUR, ENCORE, PAUSE_S = 8, 5, 0.2
# One of so many is served besides, until somebody has chosen there.
SERVI = 4
RTO_S, TETES_S = 300.0, 30.0
REGLAGES = "assurance.reglages_tetes"
TETE = re.compile(r"amphi (\d+) : (\d+) faits, tête (\w+), état (\w+)")
Tetes = Mapping[int, tuple[int, str, str]]


@dataclass(slots=True)
class Bilan:
    """`perdus`, `perdus_s`: choices answered after the copy, and how long before the loss it was taken."""

    fautes: list[str] = field(default_factory=list)
    rto: list[float] = field(default_factory=list)
    servis: list[float] = field(default_factory=list)
    perdus: list[int] = field(default_factory=list)
    perdus_s: list[float] = field(default_factory=list)
    retards: list[float] = field(default_factory=list)
    refuses: int = 0
    egaux: int = 0


class Clics(Thread):
    """The next ones choose one after the other, each when his tour has come."""

    def __init__(self, serveur: Serveur, salle: Salle, combien: int) -> None:
        super().__init__()
        self.serveur, self.salle, self.combien = serveur, salle, combien
        self.erreurs: list[str] = []

    def run(self) -> None:
        tour = int(snapshot(self.serveur, self.salle)["tour"]["tour"])
        for numero in range(tour, tour + self.combien):
            statut, dit = choose(self.serveur.port, self.salle, numero)
            self.erreurs += [] if statut == 201 else [f"{statut} {dit.get('motif')}"]
            time.sleep(PAUSE_S)


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """Somewhere that a service can run: its own folder, its own database."""

    dossier: Path
    url: str

    @property
    def variables(self) -> dict[str, str]:
        return {"GRADIN_DATA": str(self.dossier), "GRADIN_DATABASE_URL": self.url}

    @property
    def publiees(self) -> dict[str, tuple[int, str]]:
        tetes = self.dossier / "tetes.json"
        return json.loads(tetes.read_text(encoding="utf-8")) if tetes.exists() else {}

    def run(self, *mots: str) -> subprocess.CompletedProcess[str]:
        """A command of `gradin`, as the operator types it."""
        env = {**os.environ, **self.variables, "DJANGO_SETTINGS_MODULE": REGLAGES}
        commande = [sys.executable, "-c", LANCE, *mots]
        return subprocess.run(commande, env=env, capture_output=True, text=True, check=False)


def run(essai: Essai) -> Iterator[Resultat]:
    hasard, bilan = random.Random(essai.graine), Bilan()
    if essai.magasin == "postgresql":
        os.environ["PATH"] = f"{Path(programme('pg_dump')).parent}:{os.environ['PATH']}"
    salle = open_salle(EXERCICES // 2 * (AUTOUR + ENCORE + 1) + 1)
    with tempfile.TemporaryDirectory() as lieu, running(settings=REGLAGES, GRADIN_DATA=lieu) as serveur:
        service = Machine(dossier=Path(lieu), url=store_url())
        for numero in range(EXERCICES):
            drill(essai, bilan, salle, serveur, service, 0 if numero % 2 else hasard.randint(2, ENCORE))
    bilan.fautes += salle.judge()
    bilan.fautes += [f"RTO {lent:.0f} s" for lent in (*bilan.rto, *bilan.servis) if lent > RTO_S]
    bilan.fautes += [f"heads published after {lent:.0f} s" for lent in bilan.retards if lent > TETES_S]
    bilan.fautes += [] if bilan.refuses else ["no copy was ever older than what was published"]
    yield Resultat(
        nom="Restore drill",
        invariants=INVARIANTS,
        injecte=INJECTE,
        n=len(bilan.rto),
        unite="drills",
        verdict=held(bilan.fautes),
        chiffres=figures(bilan),
        remarque="; ".join(bilan.fautes[:3]),
        **essai.commun,
    )


def figures(bilan: Bilan) -> dict[str, str]:
    actifs = [n for n in bilan.perdus if n]
    return {
        "RTO, from the loss to the store restored and checked, median and worst": (
            f"{median(bilan.rto):.1f} and {max(bilan.rto):.1f} s"
        ),
        "to a choice accepted there, worst": f"{max(bilan.servis):.1f} s of {len(bilan.servis)}",
        "state of the copy, its head in the lost chain": f"{bilan.egaux} of {EXERCICES}",
        "RPO, nobody choosing after the copy": f"0 choices × {bilan.perdus.count(0)}",
        "RPO, people choosing": f"{sum(actifs)} choices in {len(actifs)} drills, those since the copy, "
        f"{max(bilan.perdus_s):.1f} s before at most",
        "refused as older than published, until accepted": str(bilan.refuses),
        "published heads equal to the last answered after, at worst": f"{max(bilan.retards):.1f} s",
    }


def drill(essai: Essai, bilan: Bilan, salle: Salle, serveur: Serveur, service: Machine, encore: int) -> None:
    """`encore`: how many choose after the copy, others having chosen while it was written; 0: nobody does."""
    with choosing(bilan, serveur, salle, AUTOUR if encore else 1):
        if not encore:
            bilan.retards.append(wait_until(lambda: is_published(salle, service)))
        pris = time.monotonic()
        copie, tetes = backed_up(service)
    with choosing(bilan, serveur, salle, encore):
        pass
    if encore:
        bilan.retards.append(wait_until(lambda: is_published(salle, service)))
    perte, seq = time.monotonic(), tetes[salle.amphi.pk][0]
    bilan.perdus.append(sum(n > seq for n in salle.recus))
    bilan.perdus_s.append(perte - pris if encore else 0.0)
    garde = (service.dossier / "tetes.json").read_text(encoding="utf-8")
    if encore and bilan.refuses < REFUSES:
        bilan.fautes += refused(essai, bilan, garde, copie)
        perte = time.monotonic()
    with elsewhere(essai, garde) as neuve:
        fautes = restored(salle, neuve, copie, tetes, bool(encore))
        bilan.egaux += not fautes
        bilan.fautes += fautes
        bilan.rto.append(time.monotonic() - perte)
        if len(bilan.rto) % SERVI == 0:
            bilan.fautes += goes_on(salle, neuve)
            bilan.servis.append(time.monotonic() - perte)
    copie.unlink()


@contextmanager
def choosing(bilan: Bilan, serveur: Serveur, salle: Salle, combien: int) -> Iterator[None]:
    """So many choose meanwhile; one alone does before."""
    clics = Clics(serveur, salle, combien)
    clics.start()
    if combien == 1:
        clics.join()
    yield
    clics.join()
    bilan.fautes += [f"a choice: {erreur}" for erreur in clics.erreurs]


def backed_up(service: Machine) -> tuple[Path, Tetes]:
    copie = service.dossier / f"{uuid.uuid4().hex}.gradin"
    dit = service.run("backup", str(copie))
    if dit.returncode:
        raise RuntimeError(f"backup: {dit.stderr.strip()[-300:]}")
    return copie, tetes_of(dit.stdout)


def refused(essai: Essai, bilan: Bilan, garde: str, copie: Path) -> list[str]:
    """Older than what was published: not without somebody's decision."""
    with elsewhere(essai, garde) as neuve:
        dit = neuve.run("restore", str(copie))
    bilan.refuses += 1
    juste = dit.returncode and "en retard" in dit.stderr
    return [] if juste else [f"an older copy was not refused: {dit.stdout}{dit.stderr[-200:]}"]


def restored(salle: Salle, neuve: Machine, copie: Path, tetes: Tetes, recule: bool) -> list[str]:
    """Its state is that of the copy, its head is in the chain of what was lost."""
    dit = neuve.run("restore", str(copie), *(["--accepter-recul"] if recule else []))
    if dit.returncode:
        return [f"restore: {dit.stderr.strip()[-300:]}"]
    seq, tete, _ = tetes[salle.amphi.pk]
    fautes = [] if tetes_of(dit.stdout) == tetes else ["another state than that of the copy"]
    juste = Fait.objects.filter(amphi=salle.amphi, n=seq, h=tete).exists()
    return fautes + ([] if juste else ["the head of the copy is not in the journal"])


def goes_on(salle: Salle, neuve: Machine) -> list[str]:
    """It is served there and the one whose tour it was chooses."""
    variables = neuve.variables
    with running(settings=REGLAGES, **variables) as serveur:
        tour = int(snapshot(serveur, salle)["tour"]["tour"])
        corps = {"poste": str(tour), "tour": tour, "vu": 3}
        statut, dit = ask(
            serveur.port, salle.jetons[tour - 1], f"{salle.chemin}/choix", corps, neuve.dossier.name
        )
    return [] if statut == 201 else [f"after the restore: {statut} {dit.get('motif')}"]


def is_published(salle: Salle, service: Machine) -> bool:
    derniere = Fait.objects.filter(amphi=salle.amphi).latest("n")
    return service.publiees.get(str(salle.amphi.pk)) == [derniere.n, derniere.h]


def tetes_of(dit: str) -> Tetes:
    return {int(pk): (int(seq), tete, etat) for pk, seq, tete, etat in TETE.findall(dit)}


@contextmanager
def elsewhere(essai: Essai, garde: str) -> Iterator[Machine]:
    """Another machine, where nothing is but the heads that were published."""
    with tempfile.TemporaryDirectory() as lieu:
        (Path(lieu) / "tetes.json").write_text(garde, encoding="utf-8")
        if essai.magasin != "postgresql":
            yield Machine(dossier=Path(lieu), url=f"sqlite:///{lieu}/gradin.sqlite3")
            return
        serveur, nom = os.environ["GRADIN_DATABASE_URL"], f"perte_{uuid.uuid4().hex[:8]}"
        with psycopg.connect(serveur, autocommit=True) as connexion:
            connexion.execute(f"CREATE DATABASE {nom} LOCALE 'C.UTF-8' TEMPLATE template0")  # type: ignore[arg-type]
            yield Machine(dossier=Path(lieu), url=urlsplit(serveur)._replace(path=f"/{nom}").geturl())
            connexion.execute(f"DROP DATABASE {nom} WITH (FORCE)")  # type: ignore[arg-type]
