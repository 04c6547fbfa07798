"""gradin import-rangs FICHIER --semestre 2026-11 [--subdivision S] [--essai]"""

from gradin.cli.imports import ImportCommand
from gradin.operations.imports.import_rangs import import_rangs


class Command(ImportCommand):
    help = "Importe les derniers rangs d’un semestre passé, service par service (XLSX ou CSV), tout ou rien."
    importer = staticmethod(import_rangs)
    quoi = "derniers rangs"
