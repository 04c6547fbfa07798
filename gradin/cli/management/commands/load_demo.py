"""gradin load-demo [--seed N] [--internes N] [--repetition]: the same semester for the same seed."""

import time
from argparse import ArgumentParser

from django.core.management import call_command
from django.core.management.base import BaseCommand

from gradin.cli.demo.base import mark
from gradin.cli.demo.chargement import Chargement
from gradin.operations.demonstration.plan import DEMONSTRATION, REPETITION, Programme
from gradin.queries.demonstration import is_empty

SUITE = """
Dix amphithéâtres sont prêts. Lancez « gradin serve », puis, dans un autre terminal :
  gradin run-robots --tous --cadence 1.5 --absents 0.06 --coupures 0.3
Pour arrêter le service pendant ce temps (kill -9, puis gradin serve), ajoutez --arrets 1."""


class Command(BaseCommand):
    help = "Charge le semestre de démonstration : internes, postes, comptes, amphithéâtres dans chaque état."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seed", type=int, default=2027)
        parser.add_argument(
            "--internes", type=int, default=None, help="une autre taille que les 1 350 du fichier"
        )
        parser.add_argument(
            "--repetition",
            action="store_const",
            const=REPETITION,
            default=DEMONSTRATION,
            dest="programme",
            help="dix amphithéâtres prêts à démarrer ensemble, aucun n’est joué : voir run-robots",
        )

    def handle(self, *, seed: int, internes: int | None, programme: Programme, **options: object) -> None:
        call_command("migrate", verbosity=0)
        if is_empty():
            mark()
        maintenant = time.time_ns() // 1_000_000
        chargement = Chargement(graine=seed, internes=internes, maintenant=maintenant, programme=programme)
        for ligne in chargement.run():
            self.stdout.write(ligne)
        if programme is REPETITION:
            self.stdout.write(SUITE)
