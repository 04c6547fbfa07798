"""Threads that keep their database connection: Django opens one per request otherwise."""

import asyncio
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, ParamSpec, TypeVar

from django.db import close_old_connections

P = ParamSpec("P")
T = TypeVar("T")


class Fils:
    """A named pool. A broken connection is replaced before the next call, never in the middle of one.

    `temoin` is told of each error before the caller is.
    """

    def __init__(self, nom: str, nombre: int, temoin: Callable[[BaseException], None] | None = None) -> None:
        self._temoin = temoin
        self._executor = ThreadPoolExecutor(nombre, thread_name_prefix=nom)
        self._prefixe = nom
        self._presses: deque[tuple[Future[Any], Callable[[], Any]]] = deque()

    def submit(self, appel: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        def run() -> T:
            self._hurry()
            close_old_connections()
            return self._watched(lambda: appel(*args, **kwargs))

        return self._executor.submit(run)

    def submit_first(self, appel: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        """Before all that waits: the next thread that is free does it, whatever it was sent for."""
        promis: Future[T] = Future()
        self._presses.append((promis, lambda: appel(*args, **kwargs)))
        self._executor.submit(self._hurry)
        return promis

    async def run(self, appel: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await asyncio.wrap_future(self.submit(appel, *args, **kwargs))

    async def run_first(self, appel: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await asyncio.wrap_future(self.submit_first(appel, *args, **kwargs))

    def is_mine(self) -> bool:
        """Whether the caller already runs in one of these threads."""
        return threading.current_thread().name.startswith(self._prefixe)

    def close(self) -> None:
        self._executor.shutdown(wait=True, cancel_futures=True)

    def _watched(self, appel: Callable[[], T]) -> T:
        try:
            return appel()
        except BaseException as erreur:
            if self._temoin is not None:
                self._temoin(erreur)
            raise

    def _hurry(self) -> None:
        while self._presses:
            try:
                promis, appel = self._presses.popleft()
            except IndexError:
                # Another thread was quicker.
                return
            if not promis.set_running_or_notify_cancel():
                continue
            close_old_connections()
            try:
                promis.set_result(self._watched(appel))
            except BaseException as erreur:
                promis.set_exception(erreur)
