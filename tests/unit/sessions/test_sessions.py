"""Sessions stand back to back inside the day's plages, and every rank has its hour."""

# ruff: noqa: DTZ001 - hours are local and naive in the domain

import json
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradin.domain.sessions import Decoupage, ParametresSessions, cut_sessions

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "sessions.json").read_text("utf-8"))
LUNDI_9H = datetime(2027, 4, 5, 9)


def shown(sessions):
    return [(f"{s.debut:%a %H:%M}", f"{s.fin:%H:%M}", s.rang_de, s.rang_a) for s in sessions]


@pytest.mark.parametrize("cas", VECTORS["cas"])
def test_sessions_of_the_manual(cas):
    parametres = ParametresSessions(
        internes_par_session=cas["internes_par_session"], minutes_par_choix=cas["minutes_par_choix"]
    )
    sessions = cut_sessions((5,) * cas["internes"], datetime.fromisoformat(cas["debut"]), parametres)
    cut = [[f"{s.debut:%H:%M}", f"{s.fin:%H:%M}", s.rang_de, s.rang_a] for s in sessions]
    assert cut == cas["sessions"]


def test_session_that_does_not_fit_before_lunch_goes_whole_to_the_afternoon():
    sessions = cut_sessions((5,) * 60, datetime(2027, 4, 5, 11, 40), ParametresSessions())
    assert shown(sessions) == [("Mon 11:40", "12:10", 1, 30), ("Mon 13:30", "14:00", 31, 60)]


def test_start_outside_the_plages_waits_for_the_next_one():
    assert cut_sessions((5,), datetime(2027, 4, 5, 7), ParametresSessions())[0].debut.time() == time(9)
    assert cut_sessions((5,), datetime(2027, 4, 5, 12, 45), ParametresSessions())[0].debut.time() == time(
        13, 30
    )


def test_friday_evening_spills_over_to_monday():
    sessions = cut_sessions((5,) * 60, datetime(2027, 4, 9, 17, 30), ParametresSessions())
    assert shown(sessions) == [("Fri 17:30", "18:00", 1, 30), ("Mon 09:00", "09:30", 31, 60)]


def test_saturday_is_used_when_the_agent_starts_on_it_or_says_so():
    samedi = datetime(2027, 4, 10, 9)
    assert cut_sessions((5,), samedi, ParametresSessions())[0].debut == samedi
    sessions = cut_sessions((5,) * 60, datetime(2027, 4, 9, 17, 30), ParametresSessions(week_end=True))
    assert shown(sessions)[1][0] == "Sat 09:00"


def test_excluded_day_is_jumped_over():
    parametres = ParametresSessions(jours_exclus=(date(2027, 4, 6),))
    sessions = cut_sessions((5,) * 60, datetime(2027, 4, 5, 17, 30), parametres)
    assert shown(sessions)[1][0] == "Wed 09:00"


def test_cut_at_each_change_of_seniority():
    sessions = cut_sessions(
        (7,) * 12 + (5,) * 40, LUNDI_9H, ParametresSessions(decoupage=Decoupage.ANCIENNETE)
    )
    assert shown(sessions) == [("Mon 09:00", "09:20", 1, 12), ("Mon 09:20", "10:00", 13, 52)]


def test_session_longer_than_any_plage_is_cut_where_the_plage_ends():
    parametres = ParametresSessions(decoupage=Decoupage.ANCIENNETE)
    sessions = cut_sessions((5,) * 300, LUNDI_9H, parametres)
    assert shown(sessions) == [("Mon 09:00", "12:30", 1, 210), ("Mon 13:30", "15:00", 211, 300)]


def test_nobody_gives_no_session():
    assert cut_sessions((), LUNDI_9H, ParametresSessions()) == ()


@pytest.mark.parametrize(
    "wrong",
    [
        {"plages": ()},
        {"plages": ((600, 540),)},
        {"plages": ((540, 700), (690, 800))},
        {"plages": ((540, 545),)},
        {"plages": ((0, 1500),)},
        {"internes_par_session": 0},
    ],
)
def test_impossible_settings_are_refused(wrong):
    with pytest.raises(ValueError, match=r"\w"):
        ParametresSessions(**wrong)


@given(
    st.lists(st.integers(0, 9), max_size=700).map(lambda values: tuple(sorted(values, reverse=True))),
    st.integers(0, 500_000).map(lambda minutes: datetime(2027, 1, 1) + timedelta(minutes=minutes)),
    st.builds(
        ParametresSessions,
        internes_par_session=st.integers(1, 60),
        minutes_par_choix=st.integers(1, 5),
        arrondi_minutes=st.sampled_from((1, 5, 10, 15)),
        decoupage=st.sampled_from(Decoupage),
    ),
)
def test_every_rank_is_in_exactly_one_session_inside_one_plage(anciennetes, debut, parametres):
    sessions = cut_sessions(anciennetes, debut, parametres)
    ranks = [rang for s in sessions for rang in range(s.rang_de, s.rang_a + 1)]
    assert ranks == list(range(1, len(anciennetes) + 1))
    for session in sessions:
        minutes = session.debut.hour * 60 + session.debut.minute, session.fin.hour * 60 + session.fin.minute
        assert any(start <= minutes[0] < minutes[1] <= end for start, end in parametres.plages)
    for one, other in pairwise(sessions):
        assert one.fin <= other.debut
