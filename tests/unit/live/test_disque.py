"""A disk that fails ends the process with a code that has it started again; a full one does not."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ECRIT = """
import resource, sqlite3, sys
from gradin.live.disque import leave_if_disk_failed
from gradin.live.fils import Fils

def write(base, many):
    for _ in range(many):
        base.execute("INSERT INTO t VALUES (zeroblob(100000))")
        base.commit()

def stay():
    base = sqlite3.connect(sys.argv[1])
    base.execute("PRAGMA journal_mode = WAL")
    base.execute("CREATE TABLE t (a)")
    write(base, 1)
    if sys.argv[2] == "plein":
        base.execute("PRAGMA max_page_count = 100")
    else:
        resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
    write(base, 100)

fils = Fils("ecriture", 1, leave_if_disk_failed)
promis = getattr(fils, sys.argv[3])(stay)
try:
    promis.result()
except sqlite3.OperationalError as erreur:
    sys.exit(0 if "full" in str(erreur) else 1)
"""


@pytest.mark.parametrize(
    ("faute", "voie", "code"),
    [("refus", "submit", os.EX_IOERR), ("refus", "submit_first", os.EX_IOERR), ("plein", "submit", 0)],
)
def test_the_writer_ends_the_process_when_the_disk_fails_and_not_when_it_is_full(
    faute: str, voie: str, code: int, tmp_path: Path
) -> None:
    """The system refuses to write further (a limit on the size of files): SQLite says disk I/O error."""
    commande = [sys.executable, "-c", ECRIT, str(tmp_path / "base"), faute, voie]
    fin = subprocess.run(commande, capture_output=True, text=True, check=False)
    assert fin.returncode == code, fin.stderr
    assert ("the disk fails" in fin.stderr) is (code != 0)
