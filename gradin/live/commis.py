"""The clerk: a child process for what each second owes and no choice waits for, mails and pages for paper.

In the server's own process it would share the interpreter with the choices: a lot of mails held them 0.1 s.
The caller waits for its answer, in the thread of the works. Outside a server the work is done at once, by the
caller.
"""

from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from functools import wraps
from typing import ParamSpec, TypeVar

from gradin.live.ecriture import is_serving
from gradin.live.etabli import Etabli

P = ParamSpec("P")
T = TypeVar("T")

_etabli = Etabli()


def by_commis(travail: Callable[P, T]) -> Callable[P, T]:
    """The same work, done by the clerk; raises what it raises, and BrokenProcessPool if he dies over it."""

    @wraps(travail)
    def ask(*args: P.args, **nommes: P.kwargs) -> T:
        if not is_serving():
            return travail(*args, **nommes)
        commis, futur = _etabli.submit(travail, args, nommes)
        try:
            answer: T = futur.result()
        except BrokenProcessPool:
            _etabli.strike_off(commis)
            raise
        return answer

    return ask


def stop() -> None:
    """What he has begun, he ends."""
    _etabli.stop()
