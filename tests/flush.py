"""Tests that commit empty their database afterwards: the journal's triggers are lifted for that alone."""

import time
from typing import Any

from django.core.management.base import CommandError
from django.db import OperationalError, connection
from django.test import TransactionTestCase

from gradin.operations.triggers import STORES, install_triggers

_flush = TransactionTestCase._fixture_teardown
ESSAIS = 4


def _flush_without_triggers(self: Any) -> None:
    """A server just stopped may be finishing a statement: TRUNCATE that meets it is tried again."""
    for essai in range(1, ESSAIS + 1):
        try:
            _lift_and_flush(self)
            return
        except (CommandError, OperationalError):
            if essai == ESSAIS:
                raise
            time.sleep(essai)


def _lift_and_flush(self: Any) -> None:
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
