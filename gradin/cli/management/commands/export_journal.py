"""gradin export-journal AMPHI [--complet] > amphi.jsonl"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from gradin.cli.amphis import add_amphi, amphi_id
from gradin.queries.journal import export_jsonl


class Command(BaseCommand):
    help = (
        "Écrit le journal d’un amphi, une ligne JSON par fait : la forme publique, que chacun peut vérifier."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_amphi(parser)
        parser.add_argument(
            "--complet",
            action="store_true",
            help="ajoute les parties privées et leurs sels : à garder secret",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        for line in export_jsonl(amphi_id(options["amphi"]), complet=options["complet"]):
            self.stdout.write(line)
