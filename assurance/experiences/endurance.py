"""Minutes of choices and readers on one process: memory and open files along the way."""

import time
from collections.abc import Iterator
from pathlib import Path

from assurance.essai import Essai
from assurance.foule import Foule, figures, wrongs
from assurance.monde import choose, open_salle
from assurance.resultat import Resultat, held
from bench.processus import rss_kib
from tests.serveur import running

INVARIANTS = "I55 in small, F24, G28"
INJECTE = "two choices a second and readers who stay; a sample every 5 s"
LECTEURS = 200
INTERNES = 2_000
CADENCE_S = 0.5
MINIMUM_S = 40.0
PERIODE_S = 5.0
SIGNIFIANT_S = 600.0


def run(essai: Essai) -> Iterator[Resultat]:
    salle = open_salle(INTERNES)
    with running() as serveur:
        foule = Foule(salle, serveur.port, nombre=LECTEURS, coupures=0, graine=essai.graine)
        debut, tour, courbe = time.monotonic(), 0, []
        while time.monotonic() - debut < max(MINIMUM_S, essai.secondes * 0.8) and tour < INTERNES - 1:
            tour += 1
            assert choose(serveur.port, salle, tour)[0] == 201
            time.sleep(CADENCE_S)
            if time.monotonic() - debut >= PERIODE_S * len(courbe):
                courbe.append(sample(serveur.pid))
        dit = foule.judge()
    # The first samples are those of caches that fill.
    stable = courbe[len(courbe) // 3 :]
    fautes = salle.judge()
    fautes += ["open files grow"] if stable[-1][1] > stable[0][1] + 20 else []
    yield Resultat(
        nom="Soak",
        invariants=INVARIANTS,
        injecte=INJECTE,
        n=round(time.monotonic() - debut),
        unite="s",
        verdict=held(wrongs(dit) or fautes),
        chiffres={
            **figures(dit),
            "choices": str(tour),
            "MiB": curve([rss for rss, _ in courbe]),
            "MiB an hour after the first third": slope([rss for rss, _ in stable]),
            "open files": curve([fichiers for _, fichiers in courbe]),
        },
        remarque="; ".join(fautes[:3]),
        **essai.commun,
    )


def sample(pid: int) -> tuple[float, int]:
    """(MiB resident, open files)"""
    return rss_kib(pid) / 1024, len(list(Path(f"/proc/{pid}/fd").iterdir()))


def curve(valeurs: list[float] | list[int]) -> str:
    """Eight points of it."""
    pas = max(1, len(valeurs) // 8)
    return " ".join(f"{valeur:.0f}" for valeur in valeurs[::pas])


def slope(valeurs: list[float]) -> str:
    """Least squares; of a short run it would be that of a process that warms up."""
    n = len(valeurs)
    if n * PERIODE_S < SIGNIFIANT_S:
        return f"not told under {SIGNIFIANT_S / 60:.0f} minutes"
    moyen_x, moyen_y = (n - 1) / 2, sum(valeurs) / n
    carres = sum((x - moyen_x) ** 2 for x in range(n)) or 1.0
    pente = sum((x - moyen_x) * (y - moyen_y) for x, y in enumerate(valeurs)) / carres
    return f"{pente * 3_600 / PERIODE_S:+.1f}"
