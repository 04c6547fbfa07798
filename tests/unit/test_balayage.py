"""What a killed run left in memory goes at the next one; what somebody still uses stays."""

import subprocess
import sys
from pathlib import Path

from tests.balayage import prefix, sweep


def ended_process() -> int:
    fini = subprocess.Popen([sys.executable, "-S", "-c", ""])
    fini.wait()
    return fini.pid


def test_only_the_folders_of_processes_that_are_no_more_go(tmp_path: Path) -> None:
    sien = tmp_path / f"{prefix('sqlite')}abc"
    perdu = tmp_path / f"gradin-test-pg-{ended_process()}-abc"
    autre = tmp_path / "gradin-autre-chose"
    for dossier in (sien, perdu, autre):
        (dossier / "base").mkdir(parents=True)
    sweep(tmp_path)
    assert {dossier.name for dossier in tmp_path.iterdir()} == {sien.name, autre.name}
