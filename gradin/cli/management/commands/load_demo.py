"""gradin load-demo [--seed N] [--internes N]: the demonstration semester, the same for the same seed."""

import time
from argparse import ArgumentParser

from django.core.management import call_command
from django.core.management.base import BaseCommand

from gradin.cli.demo.base import mark
from gradin.cli.demo.chargement import Chargement
from gradin.queries.demonstration import is_empty


class Command(BaseCommand):
    help = "Charge le semestre de démonstration : internes, postes, comptes, amphithéâtres dans chaque état."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seed", type=int, default=2027)
        parser.add_argument(
            "--internes", type=int, default=None, help="une autre taille que les 1 350 du fichier"
        )

    def handle(self, *, seed: int, internes: int | None, **options: object) -> None:
        call_command("migrate", verbosity=0)
        if is_empty():
            mark()
        bilan = Chargement(graine=seed, internes=internes, maintenant=time.time_ns() // 1_000_000).run()
        for ligne in bilan:
            self.stdout.write(ligne)
