"""Tests that commit empty their database afterwards: the journal's triggers are lifted for that alone."""

import time
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.test import TransactionTestCase

from gradin.operations.triggers import STORES, install_triggers

ESSAIS = 4
# Made once with the tables, and the same for ever.
GARDEES = frozenset({"django_migrations", "django_content_type", "auth_permission"})


def _flush_written(self: Any) -> None:
    """A server just stopped may be finishing a statement: lifting a trigger that meets it is tried again."""
    for essai in range(1, ESSAIS + 1):
        try:
            _lift_and_flush()
            return
        except DatabaseError:
            if essai == ESSAIS:
                raise
            time.sleep(essai)


def _lift_and_flush() -> None:
    """Only what was written: emptying every table, and making its permissions anew, costs half a second."""
    if not (ecrites := _written()):
        return
    with connection.cursor() as cursor:
        for statement in STORES[connection.vendor].LIFT:
            cursor.execute(statement)
    try:
        _empty(ecrites)
    finally:
        install_triggers()


def _empty(tables: list[str]) -> None:
    """Rows that refer to each other go together: nothing is checked, in this transaction alone."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
        for table in tables:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")


def _written() -> list[str]:
    """The tables that hold a row, asked in one go."""
    tables = sorted(set(connection.introspection.table_names()) - GARDEES)
    quote = connection.ops.quote_name
    questions = (f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {quote(table)})" for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(questions))
        return [table for (table,) in cursor.fetchall()]


def lift_triggers_for_flush() -> None:
    """TestCase has its own teardown (a rollback), so only tests that commit come here."""
    TransactionTestCase._fixture_teardown = _flush_written  # type: ignore[method-assign]
