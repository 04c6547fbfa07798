"""Each store keeps what it promised: SQLite its pragmas, PostgreSQL its sorting."""

import pytest
from django.db import connection


def _scalar(sql: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


@pytest.mark.sqlite
@pytest.mark.django_db
def test_sqlite_survives_a_power_cut_by_its_settings() -> None:
    assert _scalar("PRAGMA synchronous") == 2
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.postgresql
@pytest.mark.django_db
def test_postgresql_sorts_by_code_point() -> None:
    assert connection.vendor == "postgresql"
    assert _scalar("SELECT datcollate FROM pg_database WHERE datname = current_database()") == "C.UTF-8"
