"""Another store than the service's own, opened beside it and put in its place for a while."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

import dj_database_url
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import load_backend


class AdresseIllisible(ValueError):
    """What was given names no database."""


def read_address(url: str) -> dict[str, Any]:
    try:
        return dict(dj_database_url.parse(url))
    except ValueError as error:
        raise AdresseIllisible("Cette adresse ne nomme pas une base : postgresql://hote/base.") from error


def open_store(reglages: dict[str, Any]) -> BaseDatabaseWrapper:
    """Not connected yet. It bears the alias of the default store, whose place it takes in `standing_in`."""
    complets = connections.configure_settings({"default": reglages})["default"]
    backend = load_backend(complets["ENGINE"])
    return cast(BaseDatabaseWrapper, backend.DatabaseWrapper(complets, "default"))


@contextmanager
def standing_in(magasin: BaseDatabaseWrapper) -> Iterator[None]:
    """Within this thread, everything that reads or writes meets `magasin`."""
    own = connections["default"]
    connections["default"] = magasin
    try:
        yield
    finally:
        connections["default"] = own
