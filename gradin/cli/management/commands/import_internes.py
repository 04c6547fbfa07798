"""gradin import-internes FICHIER --semestre 2027-05 [--subdivision S] [--essai]"""

from datetime import UTC, datetime
from typing import Any

from gradin.cli.imports import ImportCommand
from gradin.operations.imports.import_internes import import_internes
from gradin.operations.preparation.recalcul import recompute_provisoires


class Command(ImportCommand):
    help = "Importe le fichier des internes (XLSX ou CSV), tout ou rien."
    importer = staticmethod(import_internes)
    quoi = "internes"

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        if not options["essai"]:
            recompute_provisoires(options["semestre"], datetime.now(UTC))
