"""SIGKILL of a served process during choices, at named points and at random, then a restart."""

import http.client
import random
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from assurance.essai import Essai
from assurance.monde import PIEGE, Salle, choose, open_salle, open_tour
from assurance.piege import POINTS
from assurance.resultat import Resultat, held
from gradin.data.amphis.models import Fait
from tests.serveur import Serveur

INVARIANTS = "I21, I24, I16, F01"
INJECTE = (
    "SIGKILL of `gradin serve` while people choose over HTTP; the unanswered click is sent again with its key"
)
COUPS_MINIMAUX = len(POINTS) + 2
INTERNES = 1_200
INJOIGNABLE = (OSError, http.client.HTTPException)


class Bourreau:
    """Kills one server again and again; `sorts`: what had become of the click that was cut."""

    def __init__(self, salle: Salle, serveur: Serveur, piege: Path, hasard: random.Random) -> None:
        self.salle, self.serveur, self.piege, self.hasard = salle, serveur, piege, hasard
        self.sorts: Counter[str] = Counter()
        self.fautes: list[str] = []

    def at(self, point: str) -> None:
        tour = open_tour(self.salle)
        self.piege.write_text(point, encoding="utf-8")
        self._click(tour)
        self._restart(tour, point)

    def at_random(self) -> None:
        """Choices one behind the other; the kill comes whenever it comes."""
        tour = open_tour(self.salle)
        dernier = [tour]
        fil = threading.Thread(target=self._burst, args=(tour, dernier))
        fil.start()
        time.sleep(self.hasard.uniform(0.02, 0.6))
        self.serveur.kill()
        fil.join()
        self._restart(dernier[0], "at random")

    def _burst(self, tour: int, dernier: list[int]) -> None:
        while self._click(tour):
            tour += 1
            dernier[0] = tour

    def _click(self, tour: int) -> bool:
        try:
            return choose(self.serveur.port, self.salle, tour)[0] == 201
        except INJOIGNABLE:
            return False

    def _restart(self, tour: int, point: str) -> None:
        """Its fate is read before it is sent again: wholly there, or wholly absent."""
        assert self.serveur.processus is not None
        self.serveur.processus.kill()
        self.serveur.processus.wait()
        self.piege.write_text("", encoding="utf-8")
        present = self._written(tour)
        self.serveur.start()
        statut, dit = choose(self.serveur.port, self.salle, tour)
        if statut != (200 if present else 201):
            self.fautes.append(f"{point}: the same click is answered {statut} {dit.get('motif', '')}")
        if self._written(tour) != 1:
            self.fautes.append(f"{point}: {self._written(tour)} choices in tour {tour}")
        self.sorts[f"{'there' if present else 'absent'} ({point})"] += 1

    def _written(self, tour: int) -> int:
        faits = Fait.objects.filter(amphi=self.salle.amphi, fait="ChoixConfirme")
        return sum(fait.p["tour"] == tour for fait in faits)


def run(essai: Essai) -> Iterator[Resultat]:
    salle = open_salle(INTERNES)
    with tempfile.TemporaryDirectory() as dossier:
        piege = Path(dossier) / "piege"
        piege.write_text("", encoding="utf-8")
        serveur = Serveur(lance=PIEGE, GRADIN_PIEGE=str(piege)).start()
        try:
            bourreau = Bourreau(salle, serveur, piege, random.Random(essai.graine))
            coups = kill_again_and_again(bourreau, essai)
        finally:
            serveur.kill()
    fautes = bourreau.fautes + salle.judge()
    nommes = {sort: n for sort, n in bourreau.sorts.items() if "random" not in sort}
    yield Resultat(
        nom="SIGKILL of the served process",
        invariants=INVARIANTS,
        injecte=INJECTE,
        n=coups,
        unite="kills",
        verdict=held(fautes),
        chiffres={
            "choices acknowledged": str(len(salle.recus)),
            "lost": str(len(salle.lost())),
            "doubled": str(salle.doubled()),
            "at random": ", ".join(f"{s.split()[0]} {n}" for s, n in bourreau.sorts.items() if "random" in s),
            "points": ", ".join(sorted(nommes)),
            "outages in the journal": str(
                Fait.objects.filter(amphi=salle.amphi, fait="PanneConstatee").count()
            ),
        },
        remarque="; ".join(fautes[:3]),
        **essai.commun,
    )


def kill_again_and_again(bourreau: Bourreau, essai: Essai) -> int:
    """Every point once, then points and chance in turn until the time is spent."""
    for point in POINTS:
        bourreau.at(point)
    coups = len(POINTS)
    while coups < COUPS_MINIMAUX or (essai.goes_on() and len(bourreau.salle.recus) < INTERNES - 100):
        bourreau.at_random()
        coups += 1
    return coups
