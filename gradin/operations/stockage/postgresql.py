"""PostgreSQL's own tools: a dump of one instant, and its way back."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, transaction
from psycopg.conninfo import make_conninfo

# What Django tells its driver and libpq does not know.
AU_PILOTE = frozenset({"client_encoding", "context", "cursor_factory", "prepare_threshold", "password"})


class OutilEnEchec(Exception):
    """pg_dump or pg_restore is missing, or said no."""


@contextmanager
def one_instant() -> Iterator[str]:
    """A snapshot that `dump` shares with every query made meanwhile: what is read is what is saved."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        # Nothing is asked here while the dump, which may take minutes, is written.
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        cursor.execute("SELECT pg_export_snapshot()")
        yield cursor.fetchone()[0]


def dump(fichier: Path, instant: str) -> None:
    """`instant`: given by `one_instant`, still open."""
    _run(
        "pg_dump",
        f"--snapshot={instant}",
        "--format=custom",
        "--no-owner",
        "--no-privileges",
        f"--file={fichier}",
        f"--dbname={_conninfo()}",
    )


def load(fichier: Path) -> None:
    _run(
        "pg_restore",
        "--no-owner",
        "--no-privileges",
        "--exit-on-error",
        "--single-transaction",
        f"--dbname={_conninfo()}",
        str(fichier),
    )


def _run(outil: str, *arguments: str) -> None:
    chemin = shutil.which(outil)
    if chemin is None:
        raise OutilEnEchec(
            f"{outil} manque : installez les outils clients de PostgreSQL (même version que le serveur)."
        )
    fait = subprocess.run(
        [chemin, *arguments], env=_environment(), capture_output=True, text=True, check=False
    )
    if fait.returncode:
        raise OutilEnEchec(fait.stderr.strip() or f"{outil} s’est arrêté ({fait.returncode}).")


def _environment() -> dict[str, str]:
    """The password is never an argument: other users of the machine read those."""
    mot_de_passe = connection.settings_dict["PASSWORD"]
    return {**os.environ, **({"PGPASSWORD": mot_de_passe} if mot_de_passe else {})}


def _conninfo() -> str:
    parametres = connection.get_connection_params()
    return make_conninfo("", **{nom: v for nom, v in parametres.items() if nom not in AU_PILOTE and v})
