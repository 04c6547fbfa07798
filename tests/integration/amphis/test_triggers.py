"""The database itself refuses to change the journal, whoever asks."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from gradin.data.amphis.models import Fait, FaitPrive
from gradin.operations.triggers import STORES, install_triggers, triggers_installed
from tests.factories.amphis import make_amphi

ON_BOTH = (
    "UPDATE amphis_fait SET h = '{0}'",
    "UPDATE amphis_fait SET p = p WHERE n = 1",
    "DELETE FROM amphis_fait",
    "DELETE FROM amphis_fait WHERE n = 1",
    "UPDATE amphis_faitprive SET sel = ''",
)
FAIT, OUVERTURE = "(id, n, a, fait, p, c, h, amphi_id)", "(id, sel, prive, fait_id)"
ON_SQLITE = (
    f"INSERT OR REPLACE INTO amphis_fait {FAIT} SELECT id, n, 0, fait, p, c, h, amphi_id FROM amphis_fait",
    f"REPLACE INTO amphis_fait {FAIT} SELECT NULL, n, 0, fait, p, c, h, amphi_id FROM amphis_fait",
    f"REPLACE INTO amphis_faitprive {OUVERTURE} SELECT id, '', prive, fait_id FROM amphis_faitprive",
)
ON_POSTGRESQL = (
    "TRUNCATE amphis_fait CASCADE",
    "TRUNCATE amphis_faitprive",
    "SET LOCAL session_replication_role = replica; UPDATE amphis_fait SET a = 0",
)


def _line() -> None:
    """One line of a journal, written as `handle` would, without playing an amphi."""
    fait = Fait.objects.create(amphi=make_amphi(), n=1, a=0, fait="AmphiDemarre", p={}, c=None, h="0" * 64)
    FaitPrive.objects.create(fait=fait, sel="0" * 32, prive={})
    connection.check_constraints()  # PostgreSQL would refuse TRUNCATE for pending checks, not for ours


def _snapshot() -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, n, a, h FROM amphis_fait UNION ALL SELECT id, 0, 0, sel FROM amphis_faitprive"
        )
        return cursor.fetchall()


def _refused(statement: str) -> None:
    _line()
    before = _snapshot()
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert _snapshot() == before


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ON_BOTH)
def test_direct_sql_cannot_change_the_journal(statement: str) -> None:
    _refused(statement)


@pytest.mark.sqlite
@pytest.mark.django_db
@pytest.mark.parametrize("statement", ON_SQLITE)
def test_sqlite_cannot_replace_a_line(statement: str) -> None:
    _refused(statement)


@pytest.mark.postgresql
@pytest.mark.django_db
@pytest.mark.parametrize("statement", ON_POSTGRESQL)
def test_postgresql_cannot_truncate_nor_bypass(statement: str) -> None:
    _refused(statement)


@pytest.mark.django_db
def test_retention_may_delete_openings() -> None:
    _line()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM amphis_faitprive")
        assert cursor.rowcount == 1


@pytest.mark.django_db
def test_a_missing_trigger_is_noticed() -> None:
    assert triggers_installed()
    with connection.cursor() as cursor:
        cursor.execute(STORES[connection.vendor].LIFT[0])
    assert not triggers_installed()
    install_triggers()
    assert triggers_installed()


@pytest.mark.django_db
def test_migrate_installs_them_again() -> None:
    with connection.cursor() as cursor:
        for statement in STORES[connection.vendor].LIFT:
            cursor.execute(statement)
    call_command("migrate", verbosity=0)
    assert triggers_installed()


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_a_table_rebuilt_by_a_migration_has_its_triggers_again() -> None:
    """SQLite rebuilds a table for most changes, and drops its triggers without a word."""
    with connection.schema_editor() as editor:
        editor._remake_table(Fait)
    assert not triggers_installed()
    call_command("migrate", verbosity=0)
    assert triggers_installed()
