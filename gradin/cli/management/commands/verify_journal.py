"""gradin verify-journal: runs the verifier as the separate program that it is, with the same arguments."""

import runpy
import sys
from pathlib import Path

from django.core.management.base import BaseCommand

PROGRAMME = Path(__file__).resolve().parents[4] / "verification" / "verify_journal.py"


class Command(BaseCommand):
    help = "Vérifie hors ligne le journal d'un amphi : gradin verify-journal amphi.jsonl"
    requires_system_checks = []

    def run_from_argv(self, argv: list[str]) -> None:
        """No option of Django's: the program alone reads what follows its name, and ends the process."""
        run(PROGRAMME, argv[2:])


def run(programme: Path, arguments: list[str]) -> None:
    sys.argv = [str(programme), *arguments]
    runpy.run_path(str(programme), run_name="__main__")
