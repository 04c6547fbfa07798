"""Fan-out: from a trigger to the last of N readers, the product beside a C loop and a queue per watcher."""

import statistics
import sys
import time
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench import processus as p
from bench.client import confirm
from bench.monde import AmphiMesure, make_amphi, make_sessions

PORT = 8431
LONGUEUR = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Mesure:
    """Medians over the rounds, in ms from the trigger; memory of one connection in KiB."""

    nom: str
    premier: float
    p99: float
    dernier: float
    pire: float
    cpu: float
    memoire: float
    perdus: int
    doubles: int
    admission_s: float


def measure_all(nombre: int, tours: int) -> list[Mesure]:
    plancher = [str(p.compile_c("plancher")), str(PORT), str(LONGUEUR)]
    naif = [sys.executable, "-m", "bench.naif", str(PORT)]
    return [
        _measure_reference("boucle C sur epoll (plancher)", plancher, nombre, tours),
        _measure_gradin(nombre, tours),
        _measure_reference("une file par lecteur (naïf)", naif, nombre, tours),
    ]


def _measure_reference(nom: str, commande: Sequence[str], nombre: int, tours: int) -> Mesure:
    with p.server(commande, f"http://127.0.0.1:{PORT}/") as serveur:
        return _measure(nom, serveur.pid, "/direct", nombre, Path("/dev/null"), [_push] * tours)


def _push() -> None:
    urllib.request.urlopen(urllib.request.Request(f"http://127.0.0.1:{PORT}/", method="POST")).close()


def _measure_gradin(nombre: int, tours: int) -> Mesure:
    """Every reader is signed in; each event is a choice confirmed through the API and the database."""
    amphi = make_amphi(1, max(tours + 10, 1_100))
    cookies = p.RESULTATS / "cookies"
    cookies.write_text("\n".join(make_sessions(amphi.comptes, nombre)) + "\n", encoding="ascii")
    chemin = f"/api/v1/amphis/{amphi.pk}/direct"
    with p.server(p.gradin(PORT), f"http://127.0.0.1:{PORT}/sante") as serveur:
        declics = [_choice(amphi, rang) for rang in range(tours)]
        return _measure("Gradin, un choix par la base", serveur.pid, chemin, nombre, cookies, declics)


def _choice(amphi: AmphiMesure, rang: int) -> Callable[[], None]:
    return lambda: confirm(PORT, amphi, rang)


def _measure(
    nom: str, pid: int, chemin: str, nombre: int, cookies: Path, declics: Sequence[Callable[[], None]]
) -> Mesure:
    vide = p.rss_kib(pid)
    lecteurs = p.Lecteurs(PORT, chemin, nombre, cookies)
    plein = p.rss_kib(pid)
    tours, cpus = [], []
    try:
        for declic in declics:
            time.sleep(0.5)
            avant = p.cpu_ms(pid)
            lecteurs.begin()
            declic()
            tours.append(lecteurs.end())
            cpus.append(p.cpu_ms(pid) - avant)
    finally:
        lecteurs.close()
    return Mesure(
        nom=nom,
        premier=statistics.median(tour.premier for tour in tours),
        p99=statistics.median(tour.p99 for tour in tours),
        dernier=statistics.median(tour.dernier for tour in tours),
        pire=max(tour.dernier for tour in tours),
        cpu=statistics.median(cpus),
        memoire=(plein - vide) / nombre,
        perdus=sum(nombre - tour.lus for tour in tours),
        doubles=sum(tour.doubles for tour in tours),
        admission_s=lecteurs.admission_s,
    )
