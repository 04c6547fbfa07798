"""A bench of the workshop: one child process, started when it is needed, replaced when it dies."""

import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any

from gradin.live.enfant import settle, work


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Enfant:
    """`pid`: written by the child itself, 0 until it lives."""

    file: ProcessPoolExecutor
    pid: Any


class Etabli:
    def __init__(self) -> None:
        self._verrou = threading.Lock()
        self._enfants: list[Enfant] = []

    def submit(
        self, travail: Callable[..., Any], args: tuple[Any, ...], nommes: dict[str, Any]
    ) -> tuple[Enfant, "Future[Any]"]:
        enfant = self._started()
        try:
            return enfant, _submit(enfant, travail, args, nommes)
        except BrokenProcessPool:
            # It died over nothing, so that nobody was told.
            self.strike_off(enfant)
        enfant = self._started()
        return enfant, _submit(enfant, travail, args, nommes)

    def strike_off(self, enfant: Enfant) -> None:
        """It ends by itself; the one that may have taken its place stays."""
        with self._verrou:
            if enfant in self._enfants:
                self._enfants.remove(enfant)

    def end(self, enfant: Enfant) -> None:
        """At once, whatever it does: the store undoes what it had not committed."""
        self.strike_off(enfant)
        enfant.file.shutdown(wait=False, cancel_futures=True)
        if enfant.pid.value:
            os.kill(enfant.pid.value, signal.SIGKILL)

    def stop(self) -> None:
        with self._verrou:
            while self._enfants:
                self._enfants.pop().file.shutdown(wait=False, cancel_futures=True)

    def _started(self) -> Enfant:
        with self._verrou:
            if not self._enfants:
                contexte = get_context("spawn")
                pid = contexte.Value("i", 0)
                pool = ProcessPoolExecutor(1, mp_context=contexte, initializer=settle, initargs=(pid,))
                self._enfants.append(Enfant(file=pool, pid=pid))
            return self._enfants[0]


def _submit(
    enfant: Enfant, travail: Callable[..., Any], args: tuple[Any, ...], nommes: dict[str, Any]
) -> "Future[Any]":
    return enfant.file.submit(work, travail.__module__, travail.__name__, args, nommes)
