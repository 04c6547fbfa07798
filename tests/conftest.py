"""Shared by all tests: each runs on the store it is made for, and says which one it is."""

import gc
from typing import Any

import httpx
import pytest
from httpx._config import DEFAULT_TIMEOUT_CONFIG

from tests.databases import STORE
from tests.flush import lift_triggers_for_flush


def pytest_sessionstart() -> None:
    # Five seconds, httpx's own limit, are short on a machine that does ten things at once.
    vars(DEFAULT_TIMEOUT_CONFIG).update(vars(httpx.Timeout(60)))
    lift_triggers_for_flush()


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """The database goes with its folder: PostgreSQL refuses to drop one that a dying server still reads."""
    return True


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Tables made at once are told to be those of the last migration, as the servers started here check."""
    from tests.factories.magasins import say_migrated

    with django_db_blocker.unblock():
        say_migrated()


def pytest_collection_finish() -> None:
    """What is loaded stays: the collector looks at what tests make, and less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def pytest_report_header() -> str:
    return f"store: {STORE}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A test of the other store is deselected, not skipped: skips hide cases."""
    other = "postgresql" if STORE == "sqlite" else "sqlite"
    kept = [item for item in items if not item.get_closest_marker(other)]
    dropped = [item for item in items if item.get_closest_marker(other)]
    if dropped:
        config.hook.pytest_deselected(items=dropped)
        items[:] = kept
