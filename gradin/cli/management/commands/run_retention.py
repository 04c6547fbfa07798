"""gradin run-retention [--essai]: erases what has been kept long enough; --essai only counts."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from gradin.live.temps import maintenant_ms
from gradin.travaux.retention import run_once


class Command(BaseCommand):
    help = "Efface les données personnelles arrivées au bout de leur durée de conservation."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--essai", action="store_true", help="compte sans rien effacer")

    def handle(self, *, essai: bool, **options: object) -> None:
        effaces = run_once(maintenant_ms(), essai=essai)
        verbe = "à effacer" if essai else "effacées"
        for nom, nombre in effaces.items():
            self.stdout.write(f"{nom} : {nombre} {verbe}")
