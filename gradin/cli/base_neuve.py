"""An embedded store that holds nothing yet is made by the first command that needs it."""

import django
from django.core.management import call_command
from django.db import connection

# These make their store themselves, or need none.
AUTONOMES = frozenset(
    {
        "help",
        "migrate",
        "load_demo",
        "run_demo",
        "verify_journal",
        "verify_appariement",
        "makemigrations",
        "restore",
        "collectstatic",
    }
)
AIDE = frozenset({"-h", "--help", "--version"})


def prepare_store(arguments: list[str]) -> str:
    """The refusal to say, or nothing. PostgreSQL is the operator's: it is named, never filled unasked."""
    if not arguments or arguments[0].startswith("-") or arguments[0] in AUTONOMES or AIDE & {*arguments}:
        return ""
    django.setup()
    if connection.introspection.table_names():
        return ""
    if connection.vendor != "sqlite":
        return "La base est vide : lancez d’abord « gradin migrate »."
    call_command("migrate", verbosity=0)
    return ""
