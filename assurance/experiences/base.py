"""PostgreSQL restarted, killed and out of connections under two processes, while people choose and read."""

import contextlib
import random
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from django.db import connection

from assurance.ecoute import Ecoute
from assurance.essai import Essai
from assurance.foule import Choisisseur, Foule, figures, together, wrongs
from assurance.grappe import Affluence, Grappe, copy_base, read_on
from assurance.monde import HEURE, Salle, open_salle, size_for, wait_until
from assurance.resultat import Resultat, held
from gradin.data.amphis.models import Fait
from gradin.queries.etats import lire_etat
from tests.factories.ouvrier import database_url
from tests.serveur import running

INVARIANTS = "F06, I24, I27, I31, `LISTEN` of both processes"
INJECTE = (
    "under two `gradin serve`: PostgreSQL stopped (fast) or killed (SIGKILL, the postmaster first) for 1 to "
    "6 s, started again; every connection of the servers ended, all places taken by idle clients for 6 s"
)
COUPS = ("stopped", "killed", "stopped", "full")
LECTEURS = 60
# Each process keeps twenty connections at most.
PLACES = {"max_connections": "70"}
PLEIN_S = 6.0
# I27 says 3 s: a beat a second, 2.5 s for one that hangs. From the crowd's first client on, and it takes a
# while to fill seventy places: two more.
BANDEAU_S = 5.0
RETOUR_S = 10.0


def run(essai: Essai) -> Iterator[Resultat]:
    with tempfile.TemporaryDirectory(prefix="gradin-base-", dir="/dev/shm") as dossier:
        # PostgreSQL is somebody else than us, and must find its way.
        Path(dossier).chmod(0o755)
        with Grappe(Path(dossier) / "pg", **PLACES).create() as grappe:
            copy_base(database_url(), grappe.start())
            with read_on(grappe):
                yield told(essai, grappe, open_salle(size_for(essai.secondes, 10, 1_000)))


def told(essai: Essai, grappe: Grappe, salle: Salle) -> Resultat:
    with contextlib.ExitStack() as pile:
        deux = [pile.enter_context(running(GRADIN_DATABASE_URL=grappe.url())) for _ in range(2)]
        ports = [serveur.port for serveur in deux]
        foules = [Foule(salle, port, nombre=LECTEURS // 2, coupures=0, graine=essai.graine) for port in ports]
        ecoutes = [pile.enter_context(Ecoute(port, salle)) for port in ports]
        choisisseur = Choisisseur(salle, ports, cadence_s=0.05)
        fil = threading.Thread(target=choisisseur.run, daemon=True)
        fil.start()
        releve = Releve(grappe, choisisseur, ecoutes)
        hasard = random.Random(essai.graine)
        while len(releve.coups) < len(COUPS) or essai.goes_on(0.8):
            releve.strike(COUPS[len(releve.coups) % len(COUPS)], hasard)
        choisisseur.arret.set()
        fil.join()
        # Ours was lost with the others.
        connection.close()
        lus = together([foule.judge() for foule in foules])
    fautes = releve.fautes + salle.judge() + turns_taken(salle)
    fautes += [f"{choisisseur.refus} choices refused"] * bool(choisisseur.refus)
    return Resultat(
        nom="PostgreSQL gone and back",
        invariants=INVARIANTS,
        injecte=INJECTE,
        n=len(releve.coups),
        unite="losses",
        verdict=held(wrongs(lus) or fautes),
        chiffres={
            **figures(lus),
            "streams that had to come back": str(lus["connexions"] - lus["lecteurs"]),
            "choices": str(len(salle.recus)),
            "lost, doubled": f"{len(salle.lost())}, {salle.doubled()}",
            "clicks sent again": str(choisisseur.repris),
            **releve.figures(),
        },
        remarque="; ".join(fautes[:3]),
        **essai.commun,
    )


class Releve:
    """What each loss did. `coups`: (which, told after, back to the first choice, LISTEN back), seconds."""

    def __init__(self, grappe: Grappe, choisisseur: Choisisseur, ecoutes: Sequence[Ecoute]) -> None:
        self._grappe = grappe
        self._choisisseur = choisisseur
        self._ecoutes = ecoutes
        self.coups: list[tuple[str, float, float, float]] = []
        self.fautes: list[str] = []

    def strike(self, coup: str, hasard: random.Random) -> None:
        """The amphi is alive before, and again after."""
        self._wait_for_choice(time.monotonic())
        debut = time.monotonic()
        if coup == "full":
            with Affluence(self._grappe):
                time.sleep(PLEIN_S)
        else:
            self._grappe.stop() if coup == "stopped" else self._grappe.kill()
            time.sleep(hasard.uniform(1, 6))
            self._grappe.start()
        revenue = time.monotonic()
        choix = self._wait_for_choice(revenue)
        ecoute = wait_until(lambda: self._grappe.scalar(ECOUTEURS) == len(self._ecoutes), 60)
        for une in self._ecoutes:
            wait_until(lambda une=une: une.free_since(debut), 60)
        self._keep(coup, max(une.told_after(debut, revenue) for une in self._ecoutes), choix, ecoute)

    def _keep(self, coup: str, dit: float, choix: float, ecoute: float) -> None:
        self.coups.append((coup, dit, choix, ecoute))
        self.fautes += [f"{coup}: pages told after {dit:.1f} s"] if dit > BANDEAU_S else []
        self.fautes += [f"{coup}: first choice {choix:.1f} s after"] if choix > RETOUR_S else []

    def _wait_for_choice(self, depuis: float) -> float:
        """Seconds from then to the first choice accepted after."""
        acceptes = self._choisisseur.acceptes
        wait_until(lambda: acceptes and acceptes[-1][1] > depuis)
        return min(fin for _, fin in acceptes if fin > depuis) - depuis

    def figures(self) -> dict[str, str]:
        """The worst of each kind of loss."""
        return {
            f"{coup}, at worst: pages told, then back: first choice, LISTEN": ", ".join(
                f"{max(un[i] for un in self.coups if un[0] == coup):.1f} s" for i in (1, 2, 3)
            )
            for coup in dict.fromkeys(COUPS)
        }


ECOUTEURS = "SELECT count(*) FROM pg_stat_activity WHERE query ILIKE 'LISTEN %'"


def turns_taken(salle: Salle) -> list[str]:
    """Nobody was passed; the open turn has its hour."""
    tour = lire_etat(salle.amphi.pk)[1].tour
    passes = Fait.objects.filter(amphi=salle.amphi, fait="TourPasse").count()
    court = tour is None or tour.fin - tour.debut < HEURE
    return [f"{passes} turns passed"] * bool(passes) + ["a turn was cut short"] * court
