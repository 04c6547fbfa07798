"""gradin import-internes FICHIER --semestre 2027-05 [--subdivision S] [--essai]"""

from gradin.cli.imports import ImportCommand
from gradin.operations.imports.import_internes import import_internes


class Command(ImportCommand):
    help = "Importe le fichier des internes (XLSX ou CSV), tout ou rien."
    importer = staticmethod(import_internes)
    quoi = "internes"
