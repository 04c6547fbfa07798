"""Which choosers are connected: kept in memory, never a fact, never stored per person (amphi.md §3)."""

import threading
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from gradin.live.temps import maintenant_ms

TOLERANCE_MS = 15_000


@dataclass(slots=True)
class Trace:
    """`flux`: open streams. `vu_le`: last sign of life (ms)."""

    flux: int = 0
    vu_le: int = 0


class Presences:
    """Written by the loop, read by the threads that decide: hence the lock."""

    def __init__(self, horloge: Callable[[], int] = maintenant_ms) -> None:
        self._horloge = horloge
        self._verrou = threading.Lock()
        self._traces: defaultdict[int, dict[int, Trace]] = defaultdict(dict)
        self._ailleurs: dict[int, frozenset[int]] = {}

    def enter(self, amphi: int, interne: int) -> None:
        with self._verrou:
            trace = self._traces[amphi].setdefault(interne, Trace())
            trace.flux += 1
            trace.vu_le = self._horloge()

    def leave(self, amphi: int, interne: int) -> None:
        with self._verrou:
            trace = self._traces[amphi].setdefault(interne, Trace())
            trace.flux = max(0, trace.flux - 1)
            trace.vu_le = self._horloge()

    def see(self, amphi: int, interne: int) -> None:
        """A request or a long-poll of this amphi by the one who may choose for this interne."""
        with self._verrou:
            self._traces[amphi].setdefault(interne, Trace()).vu_le = self._horloge()

    def presents(self, amphi: int) -> frozenset[int]:
        """Here or in another process."""
        return self.ici(amphi) | self._ailleurs.get(amphi, frozenset())

    def ici(self, amphi: int) -> frozenset[int]:
        limite = self._horloge() - TOLERANCE_MS
        with self._verrou:
            traces = self._traces.get(amphi, {})
            return frozenset(n for n, trace in traces.items() if trace.flux > 0 or trace.vu_le >= limite)

    def amphis(self) -> frozenset[int]:
        with self._verrou:
            return frozenset(self._traces)

    def set_elsewhere(self, ailleurs: dict[int, frozenset[int]]) -> None:
        self._ailleurs = ailleurs


PRESENCES = Presences()
