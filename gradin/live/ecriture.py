"""The writing executor: one thread on SQLite, four on PostgreSQL, each with the connection it keeps.

Web and API call `handle` from here: it has the signature of `operations.amphis.handle`. Outside a server
(tests, command line) it calls it directly.
"""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import connection

from gradin.live.disque import leave_if_disk_failed
from gradin.live.fils import Fils
from gradin.operations import amphis

P = ParamSpec("P")
T = TypeVar("T")

_fils: list[Fils] = []


def start() -> Fils:
    _fils[:] = [Fils("ecriture", 4 if connection.vendor == "postgresql" else 1, leave_if_disk_failed)]
    return _fils[0]


def stop() -> None:
    while _fils:
        _fils.pop().close()


def is_serving() -> bool:
    """Whether this process is a server: elsewhere everything is done by the caller."""
    return bool(_fils)


def by_writer(operation: Callable[P, T]) -> Callable[P, T]:
    """The same operation, run by the writer when there is one; waits for its answer."""

    @wraps(operation)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        if not _fils or _fils[0].is_mine():
            return operation(*args, **kwargs)
        return _fils[0].submit(operation, *args, **kwargs).result()

    return run


handle = by_writer(amphis.handle)
demarrer_amphi = by_writer(amphis.demarrer_amphi)
