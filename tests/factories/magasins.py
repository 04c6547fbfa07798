"""Stores of their own beside the test's: tables made at once, without the history of migrations."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import override_settings

from gradin.config.databases import database_settings
from gradin.operations.stockage.magasins import open_store, standing_in


@contextmanager
def other_store(url: str) -> Iterator[None]:
    """The store at that address in the place of the default one."""
    with standing_in(open_store(database_settings(url))):
        try:
            yield
        finally:
            connection.close()


@contextmanager
def embedded_store(fichier: Path) -> Iterator[None]:
    """A SQLite store of this version, new."""
    with other_store(f"sqlite:///{fichier}"):
        make_tables()
        yield


def make_tables() -> None:
    """In the store that stands in."""
    sans_histoire = dict.fromkeys((app.label for app in apps.get_app_configs()), None)
    with override_settings(MIGRATION_MODULES=sans_histoire):
        call_command("migrate", run_syncdb=True, verbosity=0)
    say_migrated()


def say_migrated() -> None:
    """Every migration stands as applied: the tables are already those of the models."""
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    faites = set(recorder.applied_migrations())
    for app, nom in MigrationLoader(None).disk_migrations.keys() - faites:
        recorder.record_applied(app, nom)
