"""The clerk: a child process for what each second owes and no choice waits for, mails and pages for paper.

In the server's own process it would share the interpreter with the choices: a lot of mails held them 0.1 s.
The caller waits for its answer, in the thread of the works. Outside a server the work is done at once, by the
caller.
"""

from collections.abc import Callable
from concurrent.futures import Future, wait
from concurrent.futures.process import BrokenProcessPool
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from gradin.live.ecriture import is_serving
from gradin.live.etabli import Enfant, Etabli

P = ParamSpec("P")
T = TypeVar("T")

# What a mail server may take to say yes; a mail cut off leaves again, told apart by its Message-ID.
ARRET_S = 5.0

_etabli = Etabli()
_en_cours: "dict[Future[Any], Enfant]" = {}


def by_commis(travail: Callable[P, T]) -> Callable[P, T]:
    """The same work, done by the clerk; raises what it raises, and BrokenProcessPool if he dies over it."""

    @wraps(travail)
    def ask(*args: P.args, **nommes: P.kwargs) -> T:
        if not is_serving():
            return travail(*args, **nommes)
        commis, futur = _etabli.submit(travail, args, nommes)
        _en_cours[futur] = commis
        try:
            answer: T = futur.result()
        except BrokenProcessPool:
            _etabli.strike_off(commis)
            raise
        finally:
            del _en_cours[futur]
        return answer

    return ask


def stop() -> None:
    """He ends what he has begun, if it is soon: on a machine short of time he comes after everybody."""
    for futur, commis in tuple(_en_cours.items()):
        if wait((futur,), ARRET_S).not_done:
            _etabli.end(commis)
    _etabli.stop()
