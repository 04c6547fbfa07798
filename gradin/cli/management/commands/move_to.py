"""gradin move-to postgresql://…: from the embedded store to PostgreSQL, compared row by row."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gradin.operations.stockage.demenagement import DemenagementRefuse, move_to
from gradin.operations.stockage.magasins import AdresseIllisible


class Command(BaseCommand):
    help = "Copie toute la base embarquée vers une base PostgreSQL neuve, et compare avant de garder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("adresse", metavar="postgresql://…")

    def handle(self, *, adresse: str, **options: Any) -> None:
        try:
            releve = move_to(adresse)
        except (AdresseIllisible, DemenagementRefuse) as refus:
            raise CommandError(str(refus)) from None
        self.stdout.write(
            f"{releve.lignes} lignes de {len(releve.tables)} tables copiées et comparées ; "
            f"{len(releve.amphis)} journaux rejoués, mêmes empreintes.\n"
            "Démarrez désormais le service avec GRADIN_DATABASE_URL et cette adresse."
        )
        for pk, tete in releve.amphis.items():
            self.stdout.write(f"amphi {pk} : {tete.seq} faits, tête {tete.empreinte}, état {tete.etat}")
