"""Minutes of choices and readers; the process is killed in the middle: memory and files along the way."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from assurance.essai import Essai
from assurance.foule import Choisisseur, Foule, figures, wrongs
from assurance.monde import Salle, open_salle, size_for
from assurance.resultat import Resultat, held
from bench.processus import rss_kib
from tests.serveur import Serveur, running

INVARIANTS = "I55 in part (the database restarts in `base`), I16, I21, F24, G28"
INJECTE = (
    "two choices a second and readers who stay; SIGKILL after a third of the time and each hour after, "
    "the click on its way again with its key; a sample every 5 s"
)
LECTEURS, LECTEURS_MAX = 200, 2_000
INTERNES, CADENCE_S = 600, 0.5
MINIMUM_S = 60.0
HEURE_S = 3_600.0
PERIODE_S = 5.0
# Before that it is the slope of a process that warms up.
SIGNIFIANT_S = 600.0
# F24 says 1 MiB an hour for each thousand readers; the choices themselves stay in memory, 2 KB each.
PENTE_MIO = 20.0


def run(essai: Essai) -> Iterator[Resultat]:
    duree = max(MINIMUM_S, essai.secondes * 0.8)
    salle = open_salle(size_for(duree, 1 / CADENCE_S, INTERNES))
    lecteurs = max(LECTEURS, min(LECTEURS_MAX, round(essai.secondes)))
    with running() as serveur:
        foule = Foule(salle, serveur.port, nombre=lecteurs, coupures=0, graine=essai.graine)
        cadence = max(CADENCE_S, duree / len(salle.jetons))
        choisisseur = Choisisseur(salle, [serveur.port], cadence_s=cadence)
        fil = threading.Thread(target=choisisseur.run, daemon=True)
        fil.start()
        vies = Vies(serveur)
        vies.live(duree)
        choisisseur.arret.set()
        fil.join()
        lus = foule.judge()
    fautes = vies.faults() + salle.judge()
    fautes += [f"{choisisseur.refus} choices refused"] * bool(choisisseur.refus)
    yield told(essai, salle, vies, choisisseur, lus, fautes)


def told(
    essai: Essai,
    salle: Salle,
    vies: "Vies",
    choisisseur: Choisisseur,
    lus: dict[str, int],
    fautes: list[str],
) -> Resultat:
    return Resultat(
        nom="Soak",
        invariants=INVARIANTS,
        injecte=INJECTE,
        n=round(vies.duree_s),
        unite="s",
        verdict=held(wrongs(lus) or fautes),
        chiffres={
            **figures(lus),
            "kills": str(len(vies.courbes) - 1),
            "choices": str(len(salle.recus)),
            "clicks sent again": str(choisisseur.repris),
            "longest stop, 10 s asked": f"{choisisseur.pire_s:.1f} s",
            "MiB": "; ".join(curve([rss for rss, _ in courbe]) for courbe in vies.courbes),
            "MiB an hour, of each life after its first third": "; ".join(map(say, vies.slopes())),
            "open files": "; ".join(curve([fichiers for _, fichiers in courbe]) for courbe in vies.courbes),
        },
        remarque="; ".join(fautes[:3]),
        **essai.commun,  # type: ignore[arg-type]
    )


@dataclass(slots=True)
class Vies:
    """One curve from each start of the server to its end: (MiB resident, open files)."""

    serveur: Serveur
    courbes: list[list[tuple[float, int]]] = field(default_factory=lambda: [[]])
    duree_s: float = 0.0

    def live(self, duree: float) -> None:
        """`duree`, the restarts not counted."""
        debut, arrets, morts = time.monotonic(), 0.0, 0
        while self.duree_s < duree + arrets:
            if self.duree_s - arrets > duree / 3 + morts * HEURE_S:
                morts += 1
                arrets += self._die()
            self.courbes[-1].append(sample(self.serveur.pid))
            time.sleep(PERIODE_S)
            self.duree_s = time.monotonic() - debut

    def _die(self) -> float:
        """Seconds until it answers again."""
        debut = time.monotonic()
        self.serveur.kill()
        self.serveur.start()
        self.courbes.append([])
        return time.monotonic() - debut

    def slopes(self) -> list[float | None]:
        return [slope([rss for rss, _ in settled(courbe)]) for courbe in self.courbes]

    def faults(self) -> list[str]:
        pentes = [pente for pente in self.slopes() if pente is not None and pente > PENTE_MIO]
        fautes = [f"memory grows by {pente:.0f} MiB an hour" for pente in pentes]
        for courbe in map(settled, self.courbes):
            fautes += ["open files grow"] if courbe and courbe[-1][1] > courbe[0][1] + 20 else []
        return fautes


def settled(courbe: list[tuple[float, int]]) -> list[tuple[float, int]]:
    """The first samples are those of caches that fill, and of readers who come back."""
    return courbe[len(courbe) // 3 :]


def sample(pid: int) -> tuple[float, int]:
    """(MiB resident, open files)"""
    return rss_kib(pid) / 1024, len(list(Path(f"/proc/{pid}/fd").iterdir()))


def curve(valeurs: list[float] | list[int]) -> str:
    """Eight points of it."""
    pas = max(1, len(valeurs) // 8)
    return " ".join(f"{valeur:.0f}" for valeur in valeurs[::pas])


def slope(valeurs: list[float]) -> float | None:
    """Least squares, MiB an hour; None when it is too short to say."""
    n = len(valeurs)
    if n * PERIODE_S < SIGNIFIANT_S:
        return None
    moyen_x, moyen_y = (n - 1) / 2, sum(valeurs) / n
    carres = sum((x - moyen_x) ** 2 for x in range(n))
    pente = sum((x - moyen_x) * (y - moyen_y) for x, y in enumerate(valeurs)) / carres
    return pente * HEURE_S / PERIODE_S


def say(pente: float | None) -> str:
    return f"not told under {SIGNIFIANT_S / 60:.0f} minutes" if pente is None else f"{pente:+.1f}"
