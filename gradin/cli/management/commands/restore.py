"""gradin restore FICHIER [--accepter-recul]: the store of a backup, checked before it takes its place."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gradin.operations.stockage.sauvegarde import RestaurationRefusee, restore


class Command(BaseCommand):
    help = "Remet une sauvegarde en place : journaux rejoués, têtes comparées à ce qui a été publié."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("fichier", metavar="FICHIER", type=Path)
        parser.add_argument(
            "--accepter-recul",
            action="store_true",
            help="accepte de perdre ce qui a été publié depuis (les reçus déjà envoyés ne vaudront plus)",
        )

    def handle(self, *, fichier: Path, accepter_recul: bool, **options: Any) -> None:
        try:
            tetes = restore(fichier, accepter_recul=accepter_recul, quand=int(time.time()))
        except RestaurationRefusee as refus:
            raise CommandError(str(refus)) from None
        self.stdout.write(f"Restauré : {len(tetes)} journaux rejoués, les lignes lues disent la même chose.")
        for pk, tete in tetes.items():
            self.stdout.write(f"amphi {pk} : {tete.seq} faits, tête {tete.empreinte}, état {tete.etat}")
