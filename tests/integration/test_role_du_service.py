"""The role of deploy/postgresql/service.sql: enough to serve a choice, too little to change the journal."""

from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from gradin.config.checks import refusals
from gradin.data.amphis.models import Affectation
from gradin.operations.triggers import STORES, triggers_installed
from tests.factories.amphis import T0, make_amphi
from tests.factories.live import choose, start

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]
ROLE = Path(__file__).resolve().parents[2] / "deploy" / "postgresql" / "service.sql"
INTERDITS = (
    "UPDATE amphis_fait SET a = 0",
    "DELETE FROM amphis_fait",
    "UPDATE amphis_faitprive SET sel = ''",
    "TRUNCATE amphis_fait CASCADE",
    "ALTER TABLE amphis_fait DISABLE TRIGGER ALL",
    "CREATE OR REPLACE FUNCTION gradin_refuse() RETURNS trigger LANGUAGE sql AS 'SELECT NULL'",
    "SET LOCAL session_replication_role = replica",
    "CREATE TABLE autre (n int)",
    "DELETE FROM django_migrations",
    *STORES["postgresql"].LIFT,
)


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_services_role_serves_a_choice_and_cannot_lift_a_trigger() -> None:
    """S10."""
    amphi = make_amphi()
    run("CREATE ROLE gradin_service")
    run(ROLE.read_text("utf-8"))
    connection.check_constraints()
    run("SET LOCAL ROLE gradin_service")
    start(amphi)
    assert choose(amphi, 1, "2", T0 + 1_000).statut == 201
    assert Affectation.objects.get().poste.numero == "2"
    assert triggers_installed() and refusals() == ()
    for statement in INTERDITS:
        with pytest.raises(DatabaseError, match=r"permission denied|must be owner"), transaction.atomic():
            run(statement)
    with transaction.atomic():
        run("DELETE FROM amphis_faitprive")  # as retention does
        transaction.set_rollback(True)
