"""Threads that keep their database connection: Django opens one per request otherwise."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from django.db import close_old_connections

P = ParamSpec("P")
T = TypeVar("T")


class Fils:
    """A named pool. A broken connection is replaced before the next call, never in the middle of one."""

    def __init__(self, nom: str, nombre: int) -> None:
        self._executor = ThreadPoolExecutor(nombre, thread_name_prefix=nom)
        self._prefixe = nom

    def submit(self, appel: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        def run() -> T:
            close_old_connections()
            return appel(*args, **kwargs)

        return self._executor.submit(run)

    async def run(self, appel: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await asyncio.wrap_future(self.submit(appel, *args, **kwargs))

    def is_mine(self) -> bool:
        """Whether the caller already runs in one of these threads."""
        return threading.current_thread().name.startswith(self._prefixe)

    def close(self) -> None:
        self._executor.shutdown(wait=True, cancel_futures=True)
