"""The gestures by which a site ranks: up, down, equal, refused, forgotten."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradin.domain.appariement.classement import GESTES

AVANT = {1: 1, 2: 2, 3: 2, 4: 4, 5: 0}


@pytest.mark.parametrize(
    ("geste", "candidat", "apres"),
    [
        ("monter", 2, {1: 1, 2: 2, 3: 3, 4: 4, 5: 0}),
        ("monter", 4, {1: 1, 4: 2, 2: 3, 3: 3, 5: 0}),
        ("monter", 1, AVANT),
        ("monter", 6, {**AVANT, 6: 5}),
        ("descendre", 2, {1: 1, 3: 2, 2: 3, 4: 4, 5: 0}),
        ("descendre", 4, AVANT),
        ("egaler", 4, {1: 1, 2: 2, 3: 2, 4: 2, 5: 0}),
        ("egaler", 1, AVANT),
        ("classer", 5, {1: 1, 2: 2, 3: 2, 4: 4, 5: 5}),
        ("refuser", 1, {2: 1, 3: 1, 4: 3, 1: 0, 5: 0}),
        ("retirer", 5, {1: 1, 2: 2, 3: 2, 4: 4}),
    ],
)
def test_each_gesture_gives_the_ranks_that_follow(geste, candidat, apres):
    assert GESTES[geste](AVANT, candidat) == apres


@given(
    st.lists(st.tuples(st.sampled_from([*GESTES]), st.integers(1, 5)), max_size=30),
)
def test_ranks_stay_between_0_and_the_number_of_candidates(gestes):
    rangs = {}
    for geste, candidat in gestes:
        rangs = GESTES[geste](rangs, candidat)
        assert all(0 <= rang <= 5 for rang in rangs.values())
        assert min((rang for rang in rangs.values() if rang), default=1) == 1
