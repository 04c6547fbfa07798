"""gradin import-postes FICHIER --semestre 2027-05 [--subdivision S] [--essai]"""

from gradin.cli.imports import ImportCommand
from gradin.operations.imports.import_postes import import_postes


class Command(ImportCommand):
    help = "Importe le fichier des postes (XLSX ou CSV), tout ou rien."
    importer = staticmethod(import_postes)
    quoi = "postes"
