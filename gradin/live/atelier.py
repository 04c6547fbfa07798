"""The workshop: what burns over 200 ms (reading a file, writing thousands of rows) runs in one child process.

Its page is told later (`run_in_atelier`), or waits for what it answers (`ask_atelier`): a file of unknown
size is not read by the writer, who has every choice to write, nor beside it in its process.

Outside a server (tests, commands) the work is done at once, by the caller.
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import wraps
from multiprocessing import get_context
from typing import Any, ParamSpec, TypeVar

from gradin.live.ecriture import by_writer, is_serving
from gradin.live.enfant import settle, work
from gradin.operations.imports.anomalies import Anomalie, FichierRefuse

P = ParamSpec("P")
T = TypeVar("T")

# Longer than any file but the longest; the page is a thread of a lane that others wait for.
PATIENCE_S = 15.0
ATTEND = "un autre travail long est en cours\u202f; rien n’a été enregistré. Recommencez dans une minute."
DURE = "le travail n’est pas fini. Attendez une minute, puis relisez cette page avant de recommencer."
MORT = "le travail s’est arrêté avant la fin, sans rien enregistrer. Recommencez."

_verrou = threading.Lock()
_enfants: list[ProcessPoolExecutor] = []


class AtelierOccupe(FichierRefuse):
    """The answer did not come: French, says what to do next."""

    def __init__(self, message: str) -> None:
        super().__init__(Anomalie(feuille="Fichier", message=message))
        self.message = message[0].upper() + message[1:]


def ask_atelier(travail: Callable[P, T]) -> Callable[P, T]:
    """The same work done by the child, its answer waited for; raises what it raises, and AtelierOccupe."""

    @wraps(travail)
    def ask(*args: P.args, **nommes: P.kwargs) -> T:
        if not is_serving():
            return travail(*args, **nommes)
        enfants, futur = _submit(travail, args, nommes)
        return _wait(enfants, futur)

    return ask


def _wait(enfants: ProcessPoolExecutor, futur: "Future[T]") -> T:
    try:
        return futur.result(PATIENCE_S)
    except TimeoutError:
        raise AtelierOccupe(ATTEND if futur.cancel() else DURE) from None
    except BrokenProcessPool:
        _strike_off(enfants)
        raise AtelierOccupe(MORT) from None


def run_in_atelier(travail: Callable[..., None], *args: Any, sinon: Callable[[], None]) -> None:
    """Starts this work; `sinon` is written when the child fails or dies over it."""
    if not is_serving():
        travail(*args)
        return
    enfants, futur = _submit(travail, args, {})
    futur.add_done_callback(lambda fini: _check(fini, enfants, sinon))


def stop() -> None:
    with _verrou:
        while _enfants:
            _enfants.pop().shutdown(wait=False, cancel_futures=True)


def _submit(
    travail: Callable[..., Any], args: tuple[Any, ...], nommes: dict[str, Any]
) -> tuple[ProcessPoolExecutor, "Future[Any]"]:
    enfants = _started()
    try:
        return enfants, enfants.submit(work, travail.__module__, travail.__name__, args, nommes)
    except BrokenProcessPool:
        # It died over nothing, so that nobody was told.
        _strike_off(enfants)
    enfants = _started()
    return enfants, enfants.submit(work, travail.__module__, travail.__name__, args, nommes)


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
