"""Cut the ranks of an amphi into sessions and forecast the hour of each rank (rules.md §6).

Hours are local and naive: the subdivision's time zone is applied by whoever stores them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import groupby
from typing import TypeAlias, assert_never

Plage: TypeAlias = tuple[int, int]
SAMEDI = 5
MINUTES_PAR_JOUR = 24 * 60


class Decoupage(StrEnum):
    """Where a session ends."""

    NOMBRE = "nombre"
    ANCIENNETE = "anciennete"


@dataclass(frozen=True, slots=True, kw_only=True)
class ParametresSessions:
    """Settings of the cut. `plages` are minutes from midnight, `jours_exclus` days without choice.

    Saturdays and Sundays are left out unless `week_end` says otherwise or the start falls on one.
    """

    internes_par_session: int = 30
    minutes_par_choix: int = 1
    arrondi_minutes: int = 10
    plages: tuple[Plage, ...] = ((9 * 60, 12 * 60 + 30), (13 * 60 + 30, 18 * 60))
    decoupage: Decoupage = Decoupage.NOMBRE
    week_end: bool = False
    jours_exclus: tuple[date, ...] = ()

    def __post_init__(self) -> None:
        if min(self.internes_par_session, self.minutes_par_choix, self.arrondi_minutes) < 1:
            raise ValueError("Internes par session, minutes par choix et arrondi commencent à 1.")
        if not are_ordered(self.plages):
            raise ValueError("Les plages de la journée se suivent sans se chevaucher, entre 0 h et 24 h.")
        if max(end - start for start, end in self.plages) < measure_minutes(1, self):
            raise ValueError("Aucune plage de la journée ne peut contenir le choix d’un seul interne.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A slice of ranks, both ends included, with its hours."""

    numero: int
    debut: datetime
    fin: datetime
    rang_de: int
    rang_a: int


def cut_sessions(
    anciennetes: tuple[int, ...], debut: datetime, parametres: ParametresSessions
) -> tuple[Session, ...]:
    """Cut a call list, given as the seniority of each rank in order, from `debut` on.

    A session that does not fit in what is left of a plage goes whole to the next one;
    one longer than any plage is cut where the plage ends.
    """
    sessions: list[Session] = []
    rang, moment = 1, debut
    for size in list_sizes(anciennetes, parametres):
        left = size
        while left:
            moment, count = fit_session(left, moment, parametres)
            fin = moment + timedelta(minutes=measure_minutes(count, parametres))
            sessions.append(
                Session(
                    numero=len(sessions) + 1, debut=moment, fin=fin, rang_de=rang, rang_a=rang + count - 1
                )
            )
            rang, moment, left = rang + count, fin, left - count
    return tuple(sessions)


def list_sizes(anciennetes: tuple[int, ...], parametres: ParametresSessions) -> tuple[int, ...]:
    """How many internes each session holds, before hours are known."""
    match parametres.decoupage:
        case Decoupage.NOMBRE:
            per, total = parametres.internes_par_session, len(anciennetes)
            return tuple(min(per, total - start) for start in range(0, total, per))
        case Decoupage.ANCIENNETE:
            return tuple(len(tuple(group)) for _, group in groupby(anciennetes))
        case _:
            assert_never(parametres.decoupage)


def fit_session(count: int, moment: datetime, parametres: ParametresSessions) -> tuple[datetime, int]:
    """When the next session starts, and how many of `count` internes it can hold."""
    longest = max(end - start for start, end in parametres.plages)
    needed = measure_minutes(count, parametres)
    for start, end in list_plages(moment, parametres):
        room = int((end - start).total_seconds()) // 60
        if needed <= room:
            return start, count
        if needed > longest and (fitting := count_fitting(room, parametres)):
            return start, fitting
    raise AssertionError("the days never end")


def count_fitting(room: int, parametres: ParametresSessions) -> int:
    """How many internes a session of at most `room` minutes holds, rounding included."""
    return room // parametres.arrondi_minutes * parametres.arrondi_minutes // parametres.minutes_par_choix


def list_plages(moment: datetime, parametres: ParametresSessions) -> Iterator[tuple[datetime, datetime]]:
    """What is left of the day's plages from `moment` on, then those of the days after, for ever."""
    day = moment.date()
    while True:
        if day == moment.date() or is_working(day, parametres):
            midnight = datetime.combine(day, time())
            for start, end in parametres.plages:
                opens, closes = midnight + timedelta(minutes=start), midnight + timedelta(minutes=end)
                if closes > moment:
                    yield max(opens, moment), closes
        day += timedelta(days=1)


def is_within(moment: datetime, parametres: ParametresSessions) -> bool:
    """Whether a session may be running at this hour of the day; the day itself is not judged."""
    minute = moment.hour * 60 + moment.minute
    return any(start <= minute < end for start, end in parametres.plages)


def say_plages(parametres: ParametresSessions) -> str:
    """« 9 h–12 h 30, 13 h 30–18 h »."""
    return ", ".join(f"{say_heure(start)}–{say_heure(end)}" for start, end in parametres.plages)


def say_heure(minutes: int) -> str:
    """Minutes from midnight as a person says them."""
    heures, reste = divmod(minutes, 60)
    return f"{heures}\u00a0h" + (f"\u00a0{reste:02}" if reste else "")


def is_working(day: date, parametres: ParametresSessions) -> bool:
    """Whether sessions may spill over to this day."""
    return day not in parametres.jours_exclus and (parametres.week_end or day.weekday() < SAMEDI)


def are_ordered(plages: tuple[Plage, ...]) -> bool:
    """Whether the plages of a day follow each other inside it, at least one of them."""
    bounds = [minute for plage in plages for minute in plage]
    return (
        bool(bounds) and sorted(set(bounds)) == bounds and bounds[0] >= 0 and bounds[-1] <= MINUTES_PAR_JOUR
    )


def measure_minutes(count: int, parametres: ParametresSessions) -> int:
    """Length of a session of `count` internes, rounded up."""
    return round_up(count * parametres.minutes_par_choix, parametres.arrondi_minutes)


def round_up(minutes: int, step: int) -> int:
    """The next multiple of `step`, `minutes` itself when it is one."""
    return -(-minutes // step) * step
