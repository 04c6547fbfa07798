"""A schema is not changed under a running amphi unasked; a newer one keeps no process from starting."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.core.management.commands.migrate import Command as Migrate
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from gradin.cli.management.commands.migrate import Command, refuse_meanwhile
from gradin.config.checks import refusals
from gradin.domain.amphi.commands import Pauser
from tests.factories.amphis import T0, make_amphi
from tests.factories.live import play, start

pytestmark = pytest.mark.django_db
EN_ATTENTE = ("recherches", "0001_initial")


def test_tables_are_not_changed_under_a_running_amphi_unless_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Django's own part is left out: it costs a second, and is its to test."""
    monkeypatch.setattr(
        Migrate, "handle", lambda *_, **__: MigrationRecorder(connection).record_applied(*EN_ATTENTE)
    )
    amphi = make_amphi()
    start(amphi)
    refuse_meanwhile()  # nothing to apply: nothing to refuse
    MigrationRecorder(connection).record_unapplied(*EN_ATTENTE)
    tapee = Command()
    tapee.typed = True
    connection.check_constraints()  # PostgreSQL puts no trigger on a table with checks that wait
    with pytest.raises(CommandError, match=r"en cours \(.*/socle\)"):
        call_command(tapee, verbosity=0)
    assert EN_ATTENTE not in MigrationRecorder(connection).applied_migrations()
    call_command(tapee, pendant_un_amphi=True, verbosity=0)
    assert EN_ATTENTE in MigrationRecorder(connection).applied_migrations()
    MigrationRecorder(connection).record_unapplied(*EN_ATTENTE)
    play(amphi, Pauser(), T0 + 1_000)
    refuse_meanwhile()  # paused: it may


def test_a_process_of_the_version_before_starts_on_a_newer_database() -> None:
    MigrationRecorder(connection).record_applied("amphis", "9999_version_suivante")
    assert [refus for refus in refusals() if "base" in refus.lower()] == []
