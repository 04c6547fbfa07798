"""How fast one account may write, one address read lists: a runaway program is told to slow down."""

import threading
from collections.abc import Callable, Hashable
from time import monotonic

PAR_SECONDE = 10.0
# Fifty clicks at once of one key all get their answer.
RESERVE = 60.0
# A whole hospital comes from one address: its people share this.
LECTURES_PAR_SECONDE = 50.0
RESERVE_DE_LECTURES = 500.0
CLES_GARDEES = 20_000


class Debit:
    """A bucket per account or address, refilled all along; kept in memory, each process its own."""

    def __init__(
        self,
        horloge: Callable[[], float] = monotonic,
        *,
        par_seconde: float = PAR_SECONDE,
        reserve: float = RESERVE,
    ) -> None:
        self._horloge = horloge
        self._par_seconde = par_seconde
        self._reserve = reserve
        self._verrou = threading.Lock()
        self._seaux: dict[Hashable, tuple[float, float]] = {}

    def take(self, cle: Hashable) -> bool:
        """False when this one must wait."""
        maintenant = self._horloge()
        with self._verrou:
            if len(self._seaux) > CLES_GARDEES:
                self._seaux.clear()
            reste, vu = self._seaux.get(cle, (self._reserve, maintenant))
            reste = min(self._reserve, reste + (maintenant - vu) * self._par_seconde)
            self._seaux[cle] = (max(0.0, reste - 1), maintenant)
            return reste >= 1


DEBIT = Debit()
LECTURES = Debit(par_seconde=LECTURES_PAR_SECONDE, reserve=RESERVE_DE_LECTURES)
