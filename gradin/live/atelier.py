"""The workshop: what burns over 200 ms (reading a file, writing thousands of rows) runs in a child process.

Its page is told later (`run_in_atelier`), or waits for what it answers (`ask_atelier`): a file of unknown
size is not read by the writer, who has every choice to write, nor beside it in its process. Each way has a
child of its own: what is waited for never stands behind a work of minutes.

Outside a server (tests, commands) the work is done at once, by the caller.
"""

import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from concurrent.futures.process import BrokenProcessPool
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from gradin.live.ecriture import by_writer, is_serving
from gradin.live.etabli import Enfant, Etabli
from gradin.operations.imports.anomalies import Anomalie, FichierRefuse

P = ParamSpec("P")
T = TypeVar("T")

# Longer than any file but the longest; the page is a thread of a lane that others wait for.
PATIENCE_S = 25.0
LONG = (
    "ce travail dure trop longtemps\u202f: il est arrêté, rien n’est enregistré. Recommencez\u202f; "
    "si cela se répète avec un fichier, coupez-le en plusieurs."
)
MORT = "ce travail s’est arrêté avant la fin, sans rien enregistrer. Recommencez."
OCCUPE = (
    "un autre travail de ce genre est en cours\u202f; rien n’est enregistré. Recommencez dans une minute."
)

# One at a time: two would hold both lanes of the pages, and the second lose patience over the first.
_seul = threading.Lock()
_suivis, _attendus = Etabli(), Etabli()


class AtelierOccupe(FichierRefuse):
    """The answer did not come, and nothing was written: French, says what to do next."""

    def __init__(self, message: str) -> None:
        super().__init__(Anomalie(feuille="Fichier", message=message))
        self.message = message[0].upper() + message[1:]


def ask_atelier(travail: Callable[P, T]) -> Callable[P, T]:
    """The same work done by a child, its answer waited for; raises what it raises, and AtelierOccupe."""

    @wraps(travail)
    def ask(*args: P.args, **nommes: P.kwargs) -> T:
        if not is_serving():
            return travail(*args, **nommes)
        if not _seul.acquire(blocking=False):
            raise AtelierOccupe(OCCUPE)
        try:
            return _wait(*_attendus.submit(travail, args, nommes))
        finally:
            _seul.release()

    return ask


def _wait(enfant: Enfant, futur: "Future[T]") -> T:
    """What a child that is ended was doing is this very work."""
    try:
        return futur.result(PATIENCE_S)
    except TimeoutError:
        _attendus.end(enfant)
        raise AtelierOccupe(LONG) from None
    except (BrokenProcessPool, CancelledError):
        _attendus.strike_off(enfant)
        raise AtelierOccupe(MORT) from None


def run_in_atelier(travail: Callable[..., None], *args: Any, sinon: Callable[[], None]) -> None:
    """Starts this work; `sinon` is written when the child fails or dies over it."""
    if not is_serving():
        travail(*args)
        return
    enfant, futur = _suivis.submit(travail, args, {})
    futur.add_done_callback(lambda fini: _check(fini, enfant, sinon))


def stop() -> None:
    _suivis.stop()
    _attendus.stop()


def _check(fini: "Future[None]", enfant: Enfant, sinon: Callable[[], None]) -> None:
    """Only `stop` cancels, and writes nothing more; whoever waited for a child that dies is told as well."""
    if fini.cancelled():
        return
    erreur = fini.exception()
    if erreur is None:
        return
    if isinstance(erreur, BrokenProcessPool):
        _suivis.strike_off(enfant)
    by_writer(sinon)()
    raise erreur
