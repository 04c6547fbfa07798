"""The journals of a rehearsal before the independent verifier, a program apart, as anybody runs it."""

import subprocess
import sys
import tempfile
from pathlib import Path

from gradin.queries.journal import export_jsonl

PROGRAMME = Path(__file__).resolve().parents[3] / "verification" / "verify_journal.py"


def verify_amphi(amphi: int) -> str:
    """What it finds wrong in the complete journal, nothing when it holds."""
    with tempfile.TemporaryDirectory() as dossier:
        journal = Path(dossier) / "amphi.jsonl"
        lignes = export_jsonl(amphi, complet=True)
        journal.write_text("".join(f"{ligne}\n" for ligne in lignes), encoding="utf-8")
        rendu = subprocess.run(
            [sys.executable, str(PROGRAMME), str(journal), "--niveau", "complet"],
            capture_output=True,
            text=True,
            check=False,
        )
    if not rendu.returncode:
        return ""
    return " ".join((rendu.stdout or rendu.stderr).split()) or "sans un mot"
