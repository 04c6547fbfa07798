"""Whether a store may serve: its journals hold, its rows say what they say, its guards stand."""

from collections.abc import Iterator

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from gradin.data.amphis.models import Amphi
from gradin.operations.stockage.releve import read_ecarts
from gradin.operations.triggers import triggers_installed
from gradin.queries.journal import last_sound


def find_defauts() -> tuple[str, ...]:
    """Empty when nothing is wrong. The default store is looked at, whichever stands there."""
    return tuple(_schema()) or (*_journaux(), *read_ecarts())


def _schema() -> Iterator[str]:
    executor = MigrationExecutor(connection)
    connues = set(executor.loader.disk_migrations)
    if not executor.loader.applied_migrations:
        yield "ce n’est pas une base de Gradin"
    elif inconnues := sorted(set(executor.loader.applied_migrations) - connues - _anciennes(executor)):
        yield f"elle vient d’une version plus récente ({'.'.join(inconnues[0])}) : installez-la d’abord"
    elif not triggers_installed():
        yield "le journal n’y est pas protégé (déclencheurs absents)"


def _anciennes(executor: MigrationExecutor) -> set[tuple[str, str]]:
    """Those that a squashed migration of this version replaces."""
    return {key for migration in executor.loader.disk_migrations.values() for key in migration.replaces}


def _journaux() -> Iterator[str]:
    for pk, seq, empreinte in Amphi.objects.filter(seq__gt=0).values_list("pk", "seq", "empreinte"):
        n, h = last_sound(pk)
        if (n, h) != (seq, empreinte):
            yield f"amphi {pk}, le journal est rompu après la ligne {n}"
