"""Three processes behind a balancer, restarted one after the other while an amphi runs."""

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack

from assurance.essai import Essai
from assurance.foule import Choisisseur, Foule, figures, wrongs
from assurance.monde import Salle, open_salle, size_for
from assurance.repartiteur import balancing
from assurance.resultat import Resultat, held
from gradin.data.amphis.models import Fait
from gradin.queries.etats import lire_etat
from tests.serveur import running

INVARIANTS = "I16, I31, F23 and the rolling restart of the issue"
INJECTE = "SIGTERM and a new start of each of three `gradin serve` in turn; people choose and read meanwhile"
PROCESSUS = 3
LECTEURS = 100
# Four choices a second at most.
INTERNES, PAR_SECONDE = 1_500, 4


def run(essai: Essai) -> Iterator[Resultat]:
    salle = open_salle(size_for(essai.secondes, PAR_SECONDE, INTERNES), duree_tour_ms=600_000)
    with ExitStack() as pile:
        serveurs = [pile.enter_context(running()) for _ in range(PROCESSUS)]
        balance = pile.enter_context(balancing([serveur.port for serveur in serveurs]))
        foule = Foule(salle, balance.port, nombre=LECTEURS, coupures=0, graine=essai.graine)
        choisisseur = Choisisseur(salle, [balance.port])
        fil = threading.Thread(target=choisisseur.run, daemon=True)
        fil.start()
        redemarrages, codes = 0, set()
        while redemarrages < PROCESSUS or essai.goes_on(0.8):
            time.sleep(1)
            serveur = serveurs[redemarrages % PROCESSUS]
            codes.add(serveur.stop())
            serveur.start()
            redemarrages += 1
        choisisseur.arret.set()
        fil.join()
        dit = foule.judge()
    pannes = Fait.objects.filter(amphi=salle.amphi, fait="PanneConstatee").exclude(n__lt=10).count()
    fautes = salle.judge() + cut_short(salle)
    fautes += [f"{choisisseur.refus} choices refused"] if choisisseur.refus else []
    fautes += [f"{pannes} outages found"] if pannes else []
    yield Resultat(
        nom="Rolling restart",
        invariants=INVARIANTS,
        injecte=INJECTE,
        n=redemarrages,
        unite="restarts",
        verdict=held(wrongs(dit) or fautes),
        chiffres={
            **figures(dit),
            "choices": str(len(salle.recus)),
            "clicks sent again": str(choisisseur.repris),
            "slowest choice, sent again or not": f"{choisisseur.pire_s:.1f} s",
            "outages found, seconds taken from a turn": f"{pannes}, 0" if not cut_short(salle) else "some",
            "exit codes": ", ".join(map(str, sorted(codes))),
        },
        remarque="; ".join(fautes[:3]),
        **essai.commun,
    )


def cut_short(salle: Salle) -> list[str]:
    """The open turn has all its time; nobody was passed."""
    tour = lire_etat(salle.amphi.pk)[1].tour
    passes = Fait.objects.filter(amphi=salle.amphi, fait="TourPasse").count()
    court = tour is None or tour.fin - tour.debut != 600_000
    return ([f"{passes} turns passed"] if passes else []) + (["a turn was cut short"] if court else [])
