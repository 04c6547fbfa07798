"""PostgreSQL tells every process of every commit, « 7 412 »: amphi and line. Each hub reads the journal."""

import asyncio
import contextlib
import logging
from collections.abc import Callable

import psycopg
from django.db import connections
from psycopg.conninfo import make_conninfo

from gradin.operations.amphis.ecriture import CANAL

logger = logging.getLogger(__name__)
REPRISE_S = 1.0
DRIVER_OPTIONS = frozenset({"pool", "server_side_binding", "isolation_level", "assume_role"})


async def listen_to_others(reach: Callable[[int, int], None]) -> None:
    """For ever. While the connection is lost the safety poll does its work."""
    while True:
        try:
            await _listen(reach)
        except (psycopg.Error, OSError):
            logger.warning("the connection that listens to other processes is lost, trying again")
        await asyncio.sleep(REPRISE_S)


async def _listen(reach: Callable[[int, int], None]) -> None:
    async with await psycopg.AsyncConnection.connect(_conninfo(), autocommit=True) as connexion:
        await connexion.execute(f"LISTEN {CANAL}")
        async for avis in connexion.notifies():
            with contextlib.suppress(ValueError):
                amphi, seq = map(int, avis.payload.split())
                reach(amphi, seq)


def _conninfo() -> str:
    settings = connections.settings["default"]
    options = {k: v for k, v in settings["OPTIONS"].items() if k not in DRIVER_OPTIONS}
    named = {
        "dbname": settings["NAME"],
        "user": settings["USER"],
        "password": settings["PASSWORD"],
        "host": settings["HOST"],
        "port": settings["PORT"],
    }
    return make_conninfo("", **{k: v for k, v in named.items() if v}, **options)
