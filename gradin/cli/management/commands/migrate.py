"""Django's migrate, then the triggers of the journal: a migration may have dropped them."""

from typing import Any

from django.core.management.commands.migrate import Command as Migrate

from gradin.operations.triggers import install_triggers


class Command(Migrate):
    help = "Updates the database, then installs the triggers that keep the journal append-only."

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        if not options["plan"] and not options["check_unapplied"]:
            install_triggers()
