"""One page that stays open: when it had each fact, and was told that nothing can be written any more."""

import threading
import time

from assurance.monde import Salle
from tests.flux import Flux, FluxFini


class Ecoute:
    """Reads in a thread of its own as long as the server lives.

    `pannes`: (when, over), `vus`: when by line of the journal, monotonic seconds.
    """

    def __init__(self, port: int, salle: Salle) -> None:
        self.pannes: list[tuple[float, bool]] = []
        self.vus: dict[int, float] = {}
        self._flux = Flux(port, salle.amphi.pk)
        self._fil = threading.Thread(target=self._read, daemon=True)

    def __enter__(self) -> "Ecoute":
        self._flux.__enter__()
        self._fil.start()
        return self

    def __exit__(self, *_: object) -> None:
        # The server ends the stream as it stops: the thread is a daemon's until then.
        self._fil.join(0)

    def _read(self) -> None:
        try:
            while True:
                evenement = self._flux.next()
                if evenement.id is not None:
                    self.vus[evenement.id] = time.monotonic()
                if evenement.nom == "panne":
                    self.pannes.append((time.monotonic(), bool(evenement.data["finie"])))
        except (FluxFini, OSError):
            return

    def told_after(self, debut: float, retour: float) -> float:
        """Seconds until the page was told, or until the loss was over without a word."""
        dits = [quand for quand, finie in self.pannes if quand >= debut and not finie]
        return (min(dits) if dits else retour) - debut

    def free_since(self, debut: float) -> bool:
        """Nothing was said since, or that it is over."""
        dits = [finie for quand, finie in self.pannes if quand >= debut]
        return not dits or dits[-1]
