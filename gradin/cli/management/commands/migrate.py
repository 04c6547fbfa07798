"""Django's migrate, then what the base needs of ours: the journal's triggers, the key of notifications."""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.core.management.commands.migrate import Command as Migrate
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from gradin.operations.notifications import ensure_key
from gradin.operations.triggers import install_triggers
from gradin.queries.amphis import codes_en_cours

MALGRE = "--pendant-un-amphi"


class Command(Migrate):
    help = "Updates the database, then installs the triggers that keep the journal append-only."
    # Typed by somebody; a restoration and the demonstration make their base themselves, nobody chooses there.
    typed = False

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(MALGRE, action="store_true", help="même si un amphi est en cours")

    def run_from_argv(self, argv: list[str]) -> None:
        self.typed = True
        super().run_from_argv(argv)

    def handle(self, *args: Any, **options: Any) -> None:
        looks_only = options["plan"] or options["check_unapplied"]
        if self.typed and not looks_only and not options["pendant_un_amphi"]:
            refuse_meanwhile()
        super().handle(*args, **options)
        if not looks_only:
            install_triggers()
            ensure_key()


def refuse_meanwhile() -> None:
    """Somebody is choosing: a table that is rebuilt makes him wait. With nothing to apply, all is well."""
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return
    codes = codes_en_cours()
    if codes:
        raise CommandError(
            f"Un amphi est en cours ({', '.join(codes)}) : mettez-le en pause, ou attendez sa fin, puis "
            f"relancez « gradin migrate ». Pour migrer malgré tout : {MALGRE}."
        )
