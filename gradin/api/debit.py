"""How fast one account may write: a person never notices, a runaway program is told to slow down."""

import threading
from collections.abc import Callable
from time import monotonic

PAR_SECONDE = 10.0
# Fifty clicks at once of one key all get their answer.
RESERVE = 60.0
COMPTES_GARDES = 20_000


class Debit:
    """A bucket per account, refilled at PAR_SECONDE; kept in memory, each process its own."""

    def __init__(self, horloge: Callable[[], float] = monotonic) -> None:
        self._horloge = horloge
        self._verrou = threading.Lock()
        self._seaux: dict[int, tuple[float, float]] = {}

    def take(self, compte: int) -> bool:
        """False when this account must wait."""
        maintenant = self._horloge()
        with self._verrou:
            if len(self._seaux) > COMPTES_GARDES:
                self._seaux.clear()
            reste, vu = self._seaux.get(compte, (RESERVE, maintenant))
            reste = min(RESERVE, reste + (maintenant - vu) * PAR_SECONDE)
            self._seaux[compte] = (max(0.0, reste - 1), maintenant)
            return reste >= 1


DEBIT = Debit()
