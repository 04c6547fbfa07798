"""Removes what killed runs left: a store bears the number of its process, and is nobody's once that ended."""

import os
import shutil
import signal
from contextlib import suppress
from pathlib import Path

PREFIXE = "gradin-test"


def prefix(nature: str) -> str:
    """Of a folder of this process."""
    return f"{PREFIXE}-{nature}-{os.getpid()}-"


def sweep(lieu: Path) -> None:
    """Folders of processes that are no more, with the PostgreSQL that still serves them."""
    for dossier in lieu.glob(f"{PREFIXE}-*-*-*"):
        proprietaire = dossier.name.split("-")[3]
        if proprietaire.isdigit() and not _is_alive(int(proprietaire)):
            _stop_postgresql(dossier)
            shutil.rmtree(dossier, ignore_errors=True)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _stop_postgresql(dossier: Path) -> None:
    """At once: nobody reads this store any more. Its number may be another program's by now."""
    with suppress(OSError, ValueError, IndexError):
        pid = int((dossier / "postmaster.pid").read_text().splitlines()[0])
        if str(dossier) in Path(f"/proc/{pid}/cmdline").read_text():
            os.kill(pid, signal.SIGQUIT)
