"""How long choices took, from the lines of a journal: pauses and outages are nobody's time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

# Seconds at which a slice of the distribution ends; what is longer is the last slice.
BORNES_S = (10, 20, 30, 40, 50, 60, 70, 80, 90)
SECONDE = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Durees:
    """`tranches`: how many choices in each slice of `BORNES_S`, then beyond. In ms; None without a choice."""

    nombre: int
    mediane: int | None
    p90: int | None
    tranches: tuple[int, ...]


@dataclass(slots=True)
class _Chrono:
    """The open tour while the journal is read."""

    ouvert: int | None = None
    perdu: int = 0
    pause: int | None = None

    def open(self, a: int) -> None:
        self.ouvert, self.perdu = a, 0

    def resume(self, a: int) -> None:
        if self.pause is not None and self.ouvert is not None:
            self.perdu += a - max(self.pause, self.ouvert)
        self.pause = None

    def stop(self, a: int) -> int | None:
        """What the tour took; None when none was open: a choice that a correction gives has no tour."""
        duree = None if self.ouvert is None else max(0, a - self.ouvert - self.perdu)
        self.ouvert = None
        return duree


def choice_durations(lignes: Iterable[tuple[int, int, str]], pannes: Mapping[int, int]) -> list[int]:
    """`lignes`: (n, a, fait) in order. `pannes`: n of a `PanneConstatee` to its `de`. In ms, one a choice.

    The line that follows `ChoixAnnule` gives another poste: nobody took time for it.
    """
    chrono, durees = _Chrono(), []
    for (_, _, avant), (n, a, fait) in pairwise([(0, 0, ""), *lignes]):
        match fait:
            case "TourOuvert":
                chrono.open(a)
            case "PauseDebutee":
                chrono.pause = a
            case "PauseTerminee":
                chrono.resume(a)
            case "PanneConstatee" if chrono.ouvert is not None:
                chrono.perdu += max(0, a - max(pannes.get(n, a), chrono.ouvert))
            case "TourPasse":
                chrono.stop(a)
            case "ChoixConfirme" if avant != "ChoixAnnule":
                duree = chrono.stop(a)
                durees += [] if duree is None else [duree]
    return durees


def measure(durees: Iterable[int]) -> Durees:
    triees = sorted(durees)
    return Durees(
        nombre=len(triees),
        mediane=quantile(triees, 0.5),
        p90=quantile(triees, 0.9),
        tranches=_slices(triees),
    )


def quantile(triees: Sequence[int], part: float) -> int | None:
    """The smallest value that at least this part does not exceed."""
    return triees[max(0, ceil(part * len(triees)) - 1)] if triees else None


def _slices(durees: Iterable[int]) -> tuple[int, ...]:
    tranches = [0] * (len(BORNES_S) + 1)
    for duree in durees:
        tranches[sum(duree >= borne * SECONDE for borne in BORNES_S)] += 1
    return tuple(tranches)
