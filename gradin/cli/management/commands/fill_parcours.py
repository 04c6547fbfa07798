"""gradin fill-parcours: brings the affectations of closed amphis into the parcours, all of them at once."""

from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand

from gradin.live.temps import maintenant_ms
from gradin.operations.parcours.affectations import fill_parcours


class Command(BaseCommand):
    help = "Inscrit dans les parcours les affectations des amphis clos (le serveur le fait chaque minute)."

    def handle(self, *args: Any, **options: Any) -> None:
        maintenant = datetime.fromtimestamp(maintenant_ms() / 1000, UTC)
        total = 0
        while faits := fill_parcours(maintenant):
            total += faits
        self.stdout.write(f"{total} semestres inscrits dans les parcours.")
