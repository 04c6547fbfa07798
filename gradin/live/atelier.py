"""The workshop: what burns over 200 ms (reading a file, writing thousands of rows) runs in one child process.

Outside a server (tests, commands) the work is done at once, by the caller.
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

from gradin.live.ecriture import by_writer, is_serving
from gradin.live.enfant import settle, work

_verrou = threading.Lock()
_enfants: list[ProcessPoolExecutor] = []


def run_in_atelier(travail: Callable[..., None], *args: Any, sinon: Callable[[], None]) -> None:
    """Starts this work; `sinon` is written when the child fails or dies over it."""
    if not is_serving():
        travail(*args)
        return
    futur = _started().submit(work, travail.__module__, travail.__name__, args)
    futur.add_done_callback(lambda fini: _check(fini, sinon))


def stop() -> None:
    with _verrou:
        while _enfants:
            _enfants.pop().shutdown(wait=False, cancel_futures=True)


def _check(fini: "Future[None]", sinon: Callable[[], None]) -> None:
    if fini.cancelled():
        return
    erreur = fini.exception()
    if erreur is not None:
        stop()
        by_writer(sinon)()
        raise erreur


def _started() -> ProcessPoolExecutor:
    with _verrou:
        if not _enfants:
            _enfants.append(ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=settle))
        return _enfants[0]
