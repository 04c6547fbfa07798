"""The workshop: what burns over 200 ms (reading a file, writing thousands of rows) runs in one child process.

Outside a server (tests, commands) the work is done at once, by the caller.
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
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
    enfants, futur = _submit(travail, args)
    futur.add_done_callback(lambda fini: _check(fini, enfants, sinon))


def stop() -> None:
    with _verrou:
        while _enfants:
            _enfants.pop().shutdown(wait=False, cancel_futures=True)


def _submit(
    travail: Callable[..., None], args: tuple[Any, ...]
) -> tuple[ProcessPoolExecutor, "Future[None]"]:
    enfants = _started()
    try:
        return enfants, enfants.submit(work, travail.__module__, travail.__name__, args)
    except BrokenProcessPool:
        # It died over nothing, so that nobody was told.
        _strike_off(enfants)
    enfants = _started()
    return enfants, enfants.submit(work, travail.__module__, travail.__name__, args)


def _check(fini: "Future[None]", enfants: ProcessPoolExecutor, sinon: Callable[[], None]) -> None:
    """Only `stop` cancels, and writes nothing more; whoever waited for a child that dies is told as well."""
    if fini.cancelled():
        return
    erreur = fini.exception()
    if erreur is None:
        return
    if isinstance(erreur, BrokenProcessPool):
        _strike_off(enfants)
    by_writer(sinon)()
    raise erreur


def _strike_off(enfants: ProcessPoolExecutor) -> None:
    """It ends by itself; the one that may have taken its place stays."""
    with _verrou:
        if enfants in _enfants:
            _enfants.remove(enfants)


def _started() -> ProcessPoolExecutor:
    with _verrou:
        if not _enfants:
            _enfants.append(ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=settle))
        return _enfants[0]
