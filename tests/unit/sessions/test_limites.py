"""Limits of sessions moved by hand: what is refused, what a postponement keeps."""

from dataclasses import replace
from datetime import datetime

import pytest

from gradin.domain.limites import find_fault, shift_sessions
from gradin.domain.sessions import ParametresSessions, Session


def session(numero: int, debut: str, fin: str, de: int, a: int) -> Session:
    return Session(
        numero=numero,
        debut=datetime.fromisoformat(debut),
        fin=datetime.fromisoformat(fin),
        rang_de=de,
        rang_a=a,
    )


# Thursday and Friday.
DEUX = (
    session(1, "2027-04-01T09:00", "2027-04-01T09:20", 1, 10),
    session(2, "2027-04-02T10:00", "2027-04-02T10:45", 11, 43),
)


def test_sessions_that_follow_each_other_to_the_last_rank_stand():
    assert find_fault(DEUX, 43) == ""


@pytest.mark.parametrize(
    ("sessions", "dit"),
    [
        ((), "au moins une session"),
        ((DEUX[0], replace(DEUX[1], rang_de=12)), "Écrivez 11"),
        ((DEUX[0], replace(DEUX[1], rang_a=10)), "Écrivez 11"),
        ((replace(DEUX[0], fin=DEUX[0].debut), DEUX[1]), "après le début"),
        ((DEUX[0], replace(DEUX[1], debut=DEUX[0].debut)), "avant la fin"),
        (DEUX[:1], "rang 43"),
    ],
)
def test_what_does_not_hold_is_told_with_its_remedy(sessions, dit):
    assert dit in find_fault(sessions, 43)


def test_a_postponement_keeps_ranks_and_hours_and_jumps_the_week_end():
    partis = shift_sessions(DEUX, datetime.fromisoformat("2027-04-09T14:00"), ParametresSessions())
    assert [(s.rang_de, s.rang_a) for s in partis] == [(1, 10), (11, 43)]
    assert [f"{s.debut:%d %H:%M}" for s in partis] == ["09 14:00", "12 15:00"]
    assert partis[1].fin - partis[1].debut == DEUX[1].fin - DEUX[1].debut
