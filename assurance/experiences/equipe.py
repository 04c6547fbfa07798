"""`gradin serve --processus 3` on one port: processes killed one after the other while people choose."""

import http.client
import os
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from assurance.essai import Essai
from assurance.monde import Salle, choose, open_salle, size_for, wait_until
from assurance.resultat import Resultat, held
from gradin.data.amphis.models import Fait
from tests.serveur import Serveur

INVARIANTS = "I16, I21, I24, `gradin serve --processus N`"
INJECTE = "SIGKILL of one of three processes that share a port, again and again; the click again with its key"
PROCESSUS = 3
MORTS = 3
CADENCE_S = 0.1

# The program with its option; its children are started with `--rang`.
LANCE = (
    "import sys; from gradin.cli.main import main; "
    f"sys.argv += ['--processus', '{PROCESSUS}'] if '--rang' not in sys.argv else []; main()"
)


class Equipe(Serveur):
    """The parent; its children serve."""

    def children(self) -> list[int]:
        fils = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text(encoding="ascii")
        return [int(pid) for pid in fils.split()]


def run(essai: Essai) -> Iterator[Resultat]:
    salle = open_salle(size_for(essai.secondes, 8, 600))
    dernier = len(salle.jetons) - 1
    serveur = Equipe(lance=LANCE)
    serveur.start()
    morts = tour = repris = 0
    try:
        wait_until(lambda: len(serveur.children()) == PROCESSUS)
        while morts < MORTS or (essai.goes_on(0.8) and tour < dernier):
            victime = serveur.children()[morts % PROCESSUS]
            os.kill(victime, signal.SIGKILL)
            morts += 1
            fin = time.monotonic() + 4
            while time.monotonic() < fin and tour < dernier:
                tour += 1
                repris += choose_at_last(serveur, salle, tour)
                time.sleep(CADENCE_S)
            wait_until(lambda mort=victime: replaced(serveur, mort), 120)
        code = serveur.stop()
    finally:
        serveur.kill()
    pannes = Fait.objects.filter(amphi=salle.amphi, fait="PanneConstatee", n__gt=10).count()
    fautes = salle.judge() + ([f"{pannes} outages found"] if pannes else [])
    fautes += [f"exit code {code}"] if code else []
    yield Resultat(
        nom="Several processes on one port",
        invariants=INVARIANTS,
        injecte=INJECTE,
        n=morts,
        unite="kills",
        verdict=held(fautes),
        chiffres={
            "choices": str(len(salle.recus)),
            "clicks sent again": str(repris),
            "processes replaced": str(morts),
            "outages found": str(pannes),
        },
        remarque="; ".join(fautes[:3]),
        **essai.commun,
    )


def replaced(serveur: Equipe, mort: int) -> bool:
    return len(serveur.children()) == PROCESSUS and mort not in serveur.children()


def choose_at_last(serveur: Serveur, salle: Salle, tour: int) -> int:
    """How many times the click was sent again."""
    for essai in range(200):
        with suppress(OSError, http.client.HTTPException, ValueError):
            statut, dit = choose(serveur.port, salle, tour)
            assert statut in (200, 201), dit
            return essai
        time.sleep(0.05)
    raise TimeoutError(f"tour {tour} is never answered")
