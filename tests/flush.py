"""Tests that commit empty their database afterwards: the journal's triggers are lifted for that alone."""

from typing import Any

from django.db import connection
from django.test import TransactionTestCase

from gradin.operations.triggers import STORES, install_triggers

_flush = TransactionTestCase._fixture_teardown


def _flush_without_triggers(self: Any) -> None:
    with connection.cursor() as cursor:
        for statement in STORES[connection.vendor].LIFT:
            cursor.execute(statement)
    try:
        _flush(self)
    finally:
        install_triggers()


def lift_triggers_for_flush() -> None:
    """TestCase has its own teardown (a rollback), so only tests that commit come here."""
    TransactionTestCase._fixture_teardown = _flush_without_triggers  # type: ignore[method-assign]
