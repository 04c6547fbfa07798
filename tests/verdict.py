"""The independent verifier, run as anybody would: on an exported journal, in a process of its own."""

import io
import subprocess
import sys
from pathlib import Path

from django.core.management import call_command

from gradin.data.amphis.models import Amphi

VERIFICATEUR = Path(__file__).resolve().parents[1] / "verification" / "verify_journal.py"


def check_journal(amphi: Amphi, tmp_path: Path) -> str:
    """Both levels must pass; gives back the complete journal."""
    for complet in (False, True):
        journal = io.StringIO()
        call_command("export_journal", str(amphi.pk), complet=complet, stdout=journal)
        fichier = tmp_path / f"amphi-{amphi.pk}-{complet}.jsonl"
        fichier.write_text(journal.getvalue(), encoding="utf-8")
        verdict = subprocess.run(
            [sys.executable, str(VERIFICATEUR), str(fichier)], capture_output=True, text=True, check=False
        )
        assert verdict.returncode == 0, verdict.stdout + verdict.stderr
    return journal.getvalue()
