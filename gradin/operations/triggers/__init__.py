"""The database itself keeps the journal append-only: installs the triggers and checks that they stand.

They are not left to migrations: on SQLite a table rebuilt by a migration loses its triggers silently.
"""

from django.db import connection

from gradin.operations.triggers import postgresql, sqlite

STORES = {"sqlite": sqlite, "postgresql": postgresql}


def install_triggers() -> None:
    """Idempotent; called after every migration. Does nothing before the journal's table exists."""
    if "amphis_faitprive" not in connection.introspection.table_names():
        return
    store = STORES[connection.vendor]
    with connection.cursor() as cursor:
        for statement in (*store.LIFT, *store.INSTALL):
            cursor.execute(statement)


def triggers_installed() -> bool:
    """Whether every trigger stands, enabled: the server refuses to start without them."""
    store = STORES[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(store.STANDING)
        standing = {tuple(row) for row in cursor.fetchall()}
    return standing >= store.EXPECTED
