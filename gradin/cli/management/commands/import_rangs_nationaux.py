"""gradin import-rangs-nationaux FICHIER --semestre 2027-05 [--subdivision S] [--essai]"""

from gradin.cli.imports import ImportCommand
from gradin.operations.parcours.import_rangs_nationaux import import_rangs_nationaux


class Command(ImportCommand):
    help = "Importe les promotions à leur début, par rang au concours national (XLSX ou CSV), tout ou rien."
    importer = staticmethod(import_rangs_nationaux)
    quoi = "rangs"
