"""Ten amphis at once: a tenth of the readers in each, a choice in each every two seconds."""

import statistics
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from bench import processus as p
from bench import tailles
from bench.client import confirm
from bench.monde import AmphiMesure, make_amphi, make_sessions
from bench.references.serveurs import PLANCHER
from bench.tableau import Ligne, Tableau

PORT = 8435
AMPHIS = 10
PERIODE_S = 2.0
EVENEMENT_MS, CHOIX_MS = 200, 150


def tables() -> Iterator[Tableau]:
    chacun = max(1, tailles.N // AMPHIS)
    plancher = PLANCHER.go_round(PORT, chacun, tailles.TOURS)
    amphis = [make_amphi(400 + k, 2 * tailles.TOURS + 10) for k in range(AMPHIS)]
    with p.server(p.gradin(PORT), p.health(PORT)):
        salles = [Salle(amphi, chacun) for amphi in amphis]
        try:
            _play(salles)
        finally:
            for salle in salles:
                salle.lecteurs.close()
    tours = [tour for salle in salles for tour in salle.tours]
    reponses = statistics.quantiles((r for salle in salles for r in salle.reponses), n=100)
    derniers = statistics.quantiles((tour.p99 for tour in tours), n=100)
    perdus = sum(chacun - tour.lus + tour.doubles for tour in tours)
    yield Tableau(
        titre=f"{AMPHIS} amphis of {chacun} readers, a choice in each every {PERIODE_S:g} s",
        reference=f"{PLANCHER.nom}, one amphi",
        lignes=(
            Ligne(nom="event, p50 of the readers", valeur=statistics.median(t.p50 for t in tours)),
            Ligne(
                nom="event, last reader, median",
                valeur=statistics.median(t.dernier for t in tours),
                reference=plancher.dernier,
            ),
            Ligne(
                nom="event, p99 of the readers, p99 of the events", valeur=derniers[98], au_plus=EVENEMENT_MS
            ),
            Ligne(nom="choice answered, p50", valeur=reponses[49]),
            Ligne(nom="choice answered, p99", valeur=reponses[98], au_plus=CHOIX_MS),
            Ligne(nom="events lost or doubled", valeur=perdus, unite="", au_plus=0),
        ),
    )


class Salle:
    """One amphi and its readers."""

    def __init__(self, amphi: AmphiMesure, lecteurs: int) -> None:
        self.amphi = amphi
        chemin = f"/api/v1/amphis/{amphi.pk}/direct"
        self.lecteurs = p.Lecteurs(PORT, chemin, lecteurs, make_sessions(amphi.comptes, lecteurs))
        self.tours: list[p.Tour] = []
        self.reponses: list[float] = []

    def choose(self, rang: int) -> None:
        self.lecteurs.begin()
        debut = time.perf_counter()
        confirm(PORT, self.amphi, rang)
        self.reponses.append((time.perf_counter() - debut) * 1000)
        self.tours.append(self.lecteurs.end())


def _play(salles: list[Salle]) -> None:
    """Each in a thread, at hours that are spread over the period as real ones are."""
    debut = time.monotonic() + 0.5
    with ThreadPoolExecutor(len(salles)) as fils:
        taches = [
            fils.submit(_keep_choosing, salle, debut + n * PERIODE_S / AMPHIS)
            for n, salle in enumerate(salles)
        ]
        for tache in taches:
            tache.result()


def _keep_choosing(salle: Salle, debut: float) -> None:
    for rang in range(2 * tailles.TOURS):
        threading.Event().wait(max(0.0, debut + rang * PERIODE_S - time.monotonic()))
        salle.choose(rang)
