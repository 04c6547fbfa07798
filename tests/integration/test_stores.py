"""Each store keeps what it promised: SQLite its pragmas, PostgreSQL its sorting."""

import pytest
from django.db import connection

from gradin.config.checks import _database
from gradin.live.temps import maintenant_ms


def _scalar(sql: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


@pytest.mark.sqlite
@pytest.mark.django_db
def test_sqlite_survives_a_power_cut_by_its_settings() -> None:
    assert _scalar("PRAGMA synchronous") == 2
    assert _scalar("PRAGMA journal_mode") == "wal"
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.postgresql
@pytest.mark.django_db
def test_postgresql_sorts_by_code_point() -> None:
    assert connection.vendor == "postgresql"
    assert _scalar("SELECT datcollate FROM pg_database WHERE datname = current_database()") == "C.UTF-8"


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_sqlite_that_may_lose_a_choice_is_not_served() -> None:
    assert list(_database()) == []
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous = NORMAL")
    try:
        (refus,) = _database()
    finally:
        connection.close()
    assert "synchronous=FULL" in refus


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("reglage", ["fsync", "full_page_writes", "synchronous_commit"])
def test_postgresql_that_may_lose_a_choice_is_not_served(reglage: str) -> None:
    """Told by the server itself, so by whatever set it."""
    assert list(_database()) == []
    _set_for_all(f"ALTER SYSTEM SET {reglage} = off", reglage, "off")
    try:
        (refus,) = _database()
    finally:
        _set_for_all(f"ALTER SYSTEM RESET {reglage}", reglage, "on")
    assert reglage in refus


@pytest.mark.postgresql
@pytest.mark.django_db
@pytest.mark.parametrize(("ecart_ms", "dit"), [(0, ""), (-2_600, "de 3 s"), (600_000, "de 600 s")])
def test_a_database_whose_clock_is_another_is_not_served(
    monkeypatch: pytest.MonkeyPatch, ecart_ms: int, dit: str
) -> None:
    """I58: two processes and one database would not agree on the end of a tour."""
    monkeypatch.setattr("gradin.config.checks.maintenant_ms", lambda: maintenant_ms() + ecart_ms)
    refus = list(_database())
    assert len(refus) == bool(ecart_ms)
    assert all("L’horloge de la base" in un and dit in un and "NTP" in un for un in refus)


def _set_for_all(statement: str, reglage: str, valeur: str) -> None:
    """The server rereads its settings a moment later; a connection, between two of its statements."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        cursor.execute("SELECT pg_reload_conf()")
    for _ in range(500):
        if _scalar(f"SHOW {reglage}") == valeur:
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.01)")
    raise TimeoutError(reglage)
