"""Readers cut twenty times each while facts are published: every fact once, in order."""

import time
from collections.abc import Iterator

from assurance.essai import Essai
from assurance.foule import Foule, figures, wrongs
from assurance.monde import choose, open_salle
from assurance.resultat import Resultat, held
from tests.serveur import running

INVARIANTS = "I31, I32, G09"
INJECTE = "each reader drops its connection 20 times at random and resumes by Last-Event-ID; choices go on"
COUPURES = 20
LECTEURS = 300
CHOIX_MIN, CHOIX_MAX = 60, 1_000


def run(essai: Essai) -> Iterator[Resultat]:
    salle = open_salle(CHOIX_MAX + 1)
    with running() as serveur:
        foule = Foule(salle, serveur.port, nombre=LECTEURS, coupures=COUPURES, graine=essai.graine)
        tour = 0
        while tour < CHOIX_MIN or (essai.goes_on(0.8) and tour < CHOIX_MAX):
            tour += 1
            assert choose(serveur.port, salle, tour)[0] == 201
            time.sleep(0.1)
        dit = foule.judge()
    fautes = salle.judge()
    yield Resultat(
        nom="Readers cut and back",
        invariants=INVARIANTS,
        injecte=INJECTE,
        n=dit["coupures"],
        unite="cuts",
        verdict=held(wrongs(dit) or fautes),
        chiffres=figures(dit),
        remarque="; ".join(fautes[:3]),
        **essai.commun,
    )
