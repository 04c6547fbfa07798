"""gradin import-criteres FICHIER [--essai]: values of the local criteria, one line a service, by IMOTEP."""

from argparse import ArgumentParser

from gradin.cli.imports import ImportCommand
from gradin.operations.services.criteres import import_criteres


class Command(ImportCommand):
    help = "Importe les critères de stage, une ligne par service, une colonne par critère (XLSX ou CSV)."
    importer = staticmethod(import_criteres)
    quoi = "valeurs"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """They are the service's, whatever the semestre."""
        super().add_arguments(parser)
        parser.set_defaults(semestre="")
        for action in parser._actions:
            if action.dest == "semestre":
                action.required = False
