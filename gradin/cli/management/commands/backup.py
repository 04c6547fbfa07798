"""gradin backup FICHIER: a whole copy of the store, while it serves."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gradin.operations.stockage.sauvegarde import SauvegardeImpossible, backup


class Command(BaseCommand):
    help = "Copie toute la base dans FICHIER, pendant que le service tourne."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("fichier", metavar="FICHIER", type=Path)

    def handle(self, *, fichier: Path, **options: Any) -> None:
        try:
            tetes = backup(fichier)
        except SauvegardeImpossible as echec:
            raise CommandError(str(echec)) from None
        self.stdout.write(f"{fichier} : {fichier.stat().st_size} octets, {len(tetes)} journaux.")
        for pk, tete in tetes.items():
            self.stdout.write(f"amphi {pk} : {tete.seq} faits, tête {tete.empreinte}, état {tete.etat}")
