"""Django's migrate, then what the base needs of ours: the journal's triggers, the key of notifications."""

from typing import Any

from django.core.management.commands.migrate import Command as Migrate

from gradin.operations.notifications import ensure_key
from gradin.operations.triggers import install_triggers


class Command(Migrate):
    help = "Updates the database, then installs the triggers that keep the journal append-only."

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        if not options["plan"] and not options["check_unapplied"]:
            install_triggers()
            ensure_key()
