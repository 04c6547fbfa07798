"""A whole copy of the store while it serves, and the way back, which checks what it brings."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection

from gradin.operations.stockage import postgresql
from gradin.operations.stockage.examen import find_defauts
from gradin.operations.stockage.magasins import open_store, standing_in
from gradin.operations.stockage.releve import Tete, read_tetes
from gradin.operations.stockage.tetes import accept_reculs, find_reculs


class RestaurationRefusee(Exception):
    """The store is as it was: the message says why and what to do."""


class SauvegardeImpossible(Exception):
    """No file was written."""


def backup(fichier: Path) -> dict[int, Tete]:
    """One consistent instant, nobody waits; gives back where each amphi stood. Never overwrites."""
    if fichier.exists():
        raise SauvegardeImpossible(f"{fichier} existe : donnez un autre nom.")
    brouillon = fichier.with_name(f".{fichier.name}.{os.getpid()}")
    try:
        copy = _dump_postgresql if connection.vendor == "postgresql" else _copy_sqlite
        tetes = copy(brouillon)
        brouillon.chmod(0o600)
        brouillon.replace(fichier)
    except (OSError, sqlite3.Error, DatabaseError, postgresql.OutilEnEchec) as error:
        raise SauvegardeImpossible(f"La sauvegarde a échoué : {error}") from error
    finally:
        brouillon.unlink(missing_ok=True)
    return tetes


def restore(fichier: Path, *, accepter_recul: bool, quand: int) -> dict[int, Tete]:
    """Puts `fichier` in the place of the store; raises RestaurationRefusee before anything is replaced.

    `accepter_recul`: go on although what was published since is lost; what is known of it is set aside.
    """
    if not fichier.is_file():
        raise RestaurationRefusee(f"{fichier} n’existe pas.")
    if connection.vendor == "postgresql":
        return _restore_postgresql(fichier, accepter_recul, quand)
    return _restore_sqlite(fichier, accepter_recul, quand)


def _dump_postgresql(vers: Path) -> dict[int, Tete]:
    """Choices made while it is written are neither in the file nor in what is given back."""
    with postgresql.one_instant() as instant:
        postgresql.dump(vers, instant)
        return read_tetes()


def _copy_sqlite(vers: Path) -> dict[int, Tete]:
    """SQLite's own online copy, in one step: a writer neither waits nor tears it."""
    connection.ensure_connection()
    with closing(sqlite3.connect(vers)) as copie:
        connection.connection.backup(copie, pages=-1)
        # One file that stands alone.
        copie.execute("PRAGMA journal_mode=DELETE")
        _check_pages(copie)
    _sync(vers)
    with standing_in(open_store(_settings_of(vers))):
        try:
            return read_tetes()
        finally:
            connection.close()


def _check_pages(copie: sqlite3.Connection) -> None:
    (dit,) = copie.execute("PRAGMA integrity_check").fetchone()
    if dit != "ok":
        raise sqlite3.DatabaseError(dit)


def _restore_sqlite(fichier: Path, accepter_recul: bool, quand: int) -> dict[int, Tete]:
    base = Path(str(connection.settings_dict["NAME"]))
    brouillon = base.with_name(f"{base.name}.restauration")
    try:
        _take(fichier, brouillon)
        with standing_in(open_store(_settings_of(brouillon))):
            try:
                tetes, recule = _judge(accepter_recul, _current_tetes(base))
                call_command("migrate", verbosity=0)
            finally:
                connection.close()
        _replace(base, brouillon, quand)
    except (sqlite3.Error, DatabaseError, OSError) as error:
        raise RestaurationRefusee(f"Ce fichier ne peut pas servir : {error}") from error
    finally:
        for suffixe in ("", "-wal", "-shm"):
            Path(f"{brouillon}{suffixe}").unlink(missing_ok=True)
    _accept(recule, quand)
    return tetes


def _take(fichier: Path, vers: Path) -> None:
    """The backup itself is never opened for writing."""
    with (
        closing(sqlite3.connect(f"file:{fichier}?mode=ro", uri=True)) as lue,
        closing(sqlite3.connect(vers)) as copie,
    ):
        lue.backup(copie)
        _check_pages(copie)


def _judge(accepter_recul: bool, actuelles: dict[int, Tete]) -> tuple[dict[int, Tete], bool]:
    """What the default store holds is fit to serve; whether it is behind what was published or stands."""
    if defauts := find_defauts():
        raise RestaurationRefusee(f"Rien n’a été remplacé : {' ; '.join(defauts[:5])}.")
    tetes = read_tetes()
    reculs = (*find_reculs(settings.GRADIN_TETES), *_behind(tetes, actuelles))
    if reculs and not accepter_recul:
        raise RestaurationRefusee(
            f"Rien n’a été remplacé, cette sauvegarde est en retard : {' ; '.join(reculs[:5])}. "
            "Cherchez une sauvegarde plus récente, ou acceptez la perte : --accepter-recul."
        )
    return tetes, bool(reculs)


def _accept(recule: bool, quand: int) -> None:
    """Once the store is in its place: a restore that is refused leaves what was published on its guard."""
    if recule and settings.GRADIN_TETES and settings.GRADIN_TETES.exists():
        accept_reculs(settings.GRADIN_TETES, quand)


def _behind(tetes: dict[int, Tete], actuelles: dict[int, Tete]) -> list[str]:
    return [
        f"amphi {pk} : la base en place va jusqu’à la ligne {actuelle.seq}"
        for pk, actuelle in actuelles.items()
        if pk not in tetes or tetes[pk].seq < actuelle.seq
    ]


def _current_tetes(base: Path) -> dict[int, Tete]:
    """Of the store that would be replaced; none when it is missing or no longer readable."""
    if not base.exists():
        return {}
    try:
        with standing_in(open_store(_settings_of(base))):
            try:
                return read_tetes()
            finally:
                connection.close()
    except DatabaseError:
        return {}


def _replace(base: Path, neuve: Path, quand: int) -> None:
    """What was there is kept beside it. Refused while a process has it open."""
    if base.exists():
        _check_closed(base)
    # SQLite would replay into the restored base a WAL that another one left here.
    for suffixe in ("", "-wal", "-shm"):
        ancien = Path(f"{base}{suffixe}")
        if ancien.exists():
            ancien.rename(f"{ancien}.{quand}")
    neuve.rename(base)
    _sync(base.parent)


def _check_closed(base: Path) -> None:
    """Leaving WAL needs the file for oneself alone."""
    connection.close()
    try:
        with closing(sqlite3.connect(base, timeout=1)) as seule:
            seule.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise RestaurationRefusee("Le service tourne sur cette base : arrêtez-le d’abord.") from error
    except sqlite3.DatabaseError:
        # What is broken is what one restores.
        return


def _restore_postgresql(fichier: Path, accepter_recul: bool, quand: int) -> dict[int, Tete]:
    """Into an empty database: the operator makes it, so that nothing is ever overwritten."""
    if connection.introspection.table_names():
        raise RestaurationRefusee("Cette base n’est pas vide : restaurez dans une base neuve.")
    try:
        postgresql.load(fichier)
    except postgresql.OutilEnEchec as error:
        raise RestaurationRefusee(f"La base neuve est à recréer : {error}") from error
    tetes, recule = _judge(accepter_recul, {})
    call_command("migrate", verbosity=0)
    _accept(recule, quand)
    return tetes


def _settings_of(fichier: Path) -> dict[str, Any]:
    """Opened as the service opens its own store."""
    options = connection.settings_dict["OPTIONS"]
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(fichier), "OPTIONS": options}


def _sync(chemin: Path) -> None:
    descripteur = os.open(chemin, os.O_RDONLY)
    try:
        os.fsync(descripteur)
    finally:
        os.close(descripteur)
