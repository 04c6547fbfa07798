"""Two processes are each the clock: one is killed, the other ends the turns, each once."""

import random
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack

from assurance.essai import Essai
from assurance.monde import Salle, open_salle, size_for, wait_until
from assurance.resultat import Resultat, held
from gradin.data.amphis.models import Amphi, Fait
from gradin.live.temps import maintenant_ms
from tests.serveur import running

INVARIANTS = "I19, T17"
INJECTE = (
    "nobody connects: turns end by the clock every 2 s; one of two processes gets SIGKILL, then comes back"
)
DELAI_MS = 2_000
RETARD_MAXIMAL_MS = 3_000
MORTS = 4


def run(essai: Essai) -> Iterator[Resultat]:
    hasard = random.Random(essai.graine)
    salle = open_salle(size_for(essai.secondes, 0.5, 1_500), delai_absence_ms=DELAI_MS, duree_tour_ms=30_000)
    with ExitStack() as pile:
        deux = [pile.enter_context(running()) for _ in range(2)]
        # The start was an outage: nobody is judged absent for a while.
        wait_until(lambda: passed(salle, 0), 120)
        debut = head(salle)
        morts = 0
        while morts < MORTS or essai.goes_on(0.8):
            victime = deux[morts % 2]
            victime.kill()
            morts += 1
            time.sleep(hasard.uniform(3, 6))
            victime.start()
            time.sleep(1)
        retards = lateness(salle, debut)
    par_tour = Counter(fait.p["tour"] for fait in passed(salle, 0))
    doubles = sum(n > 1 for n in par_tour.values())
    pannes = Fait.objects.filter(amphi=salle.amphi, fait="PanneConstatee", n__gt=debut).count()
    fautes = [f"late by {retard} ms" for retard in retards if retard > RETARD_MAXIMAL_MS]
    fautes += [f"{doubles} turns ended twice"] if doubles else []
    fautes += [f"{pannes} outages found while another process lived"] if pannes else []
    fautes += salle.judge()
    yield Resultat(
        nom="The clock killed",
        invariants=INVARIANTS,
        injecte=INJECTE,
        n=morts,
        unite="kills",
        verdict=held(fautes),
        chiffres={
            "turns ended by time": str(len(par_tour)),
            "ended twice": str(doubles),
            "latest end after its due time": f"{max(retards)} ms",
            "outages found": str(pannes),
        },
        remarque="; ".join(fautes[:3]),
        **essai.commun,
    )


def head(salle: Salle) -> int:
    return int(Amphi.objects.values_list("seq", flat=True).get(pk=salle.amphi.pk))


def passed(salle: Salle, depuis: int) -> list[Fait]:
    return list(Fait.objects.filter(amphi=salle.amphi, fait="TourPasse", n__gt=depuis).order_by("n"))


def lateness(salle: Salle, depuis: int) -> list[int]:
    """Of each end by absence, and of the one that may never have come; the clock's own 100 ms taken off."""
    ouverts = {
        fait.p["tour"]: fait.a
        for fait in Fait.objects.filter(amphi=salle.amphi, fait="TourOuvert", n__gte=depuis)
    }
    finis = {fait.p["tour"]: fait.a for fait in passed(salle, depuis)}
    dernier = max(ouverts)
    finis.setdefault(dernier, max(maintenant_ms(), ouverts[dernier] + DELAI_MS + 100))
    return [fin - ouverts[tour] - DELAI_MS - 100 for tour, fin in finis.items() if tour in ouverts]
