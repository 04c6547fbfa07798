"""A command on an empty folder: the store is made, and nobody reads a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

LANCEMENT = "from gradin.cli.main import main; main()"


def gradin(dossier: Path, *arguments: str) -> tuple[int, str]:
    base = {nom: valeur for nom, valeur in os.environ.items() if nom != "GRADIN_DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, "-c", LANCEMENT, *arguments],
        env=base | {"GRADIN_DATA": str(dossier), "DJANGO_SETTINGS_MODULE": "gradin.config.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.sqlite
def test_the_first_command_makes_the_store(tmp_path: Path) -> None:
    code, dit = gradin(tmp_path, "create-agent", "agent@ars.example", "--portee", "NORD")
    assert code == 1
    assert "Subdivision inconnue : NORD" in dit
    assert "Traceback" not in dit


@pytest.mark.sqlite
def test_asking_for_help_makes_nothing(tmp_path: Path) -> None:
    code, _ = gradin(tmp_path, "import-postes", "--help")
    assert code == 0
    assert list(tmp_path.rglob("*.sqlite*")) == []
