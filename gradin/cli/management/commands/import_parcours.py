"""gradin import-parcours FICHIER [--essai]: past semesters, the column « Semestre » says which."""

from argparse import ArgumentParser
from datetime import UTC, datetime
from typing import Any

from gradin.cli.imports import ImportCommand
from gradin.live.temps import maintenant_ms
from gradin.operations.imports.anomalies import RapportImport
from gradin.operations.imports.demande import DemandeImport
from gradin.operations.parcours.import_parcours import import_parcours


def run(demande: DemandeImport) -> RapportImport:
    return import_parcours(demande, datetime.fromtimestamp(maintenant_ms() / 1000, UTC))


class Command(ImportCommand):
    help = "Importe les semestres passés des internes, une ligne par semestre (XLSX ou CSV), tout ou rien."
    importer = staticmethod(run)
    quoi = "semestres"

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(semestre="")
        for action in parser._actions:
            if action.dest == "semestre":
                action.required = False

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **{**options, "semestre": options["semestre"] or ""})
