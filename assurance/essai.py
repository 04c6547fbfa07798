"""What an experiment is given, and how it says that it cannot run here."""

import time
from dataclasses import dataclass, field


class Impossible(Exception):
    """This machine does not allow it; the report says why."""


@dataclass(slots=True, kw_only=True)
class Essai:
    """One run: on which store, with which seed, for how long at most (each does its smallest N anyway)."""

    magasin: str
    graine: int
    secondes: float
    debut: float = field(default_factory=time.monotonic)

    @property
    def duree_s(self) -> float:
        return time.monotonic() - self.debut

    def goes_on(self, part: float = 1.0) -> bool:
        """Whether `part` of the time is not yet spent."""
        return self.duree_s < self.secondes * part

    @property
    def commun(self) -> dict[str, object]:
        """The fields of a Resultat that every experiment fills alike."""
        return {"magasin": self.magasin, "graine": self.graine, "duree_s": self.duree_s}
