"""The gestures by which a site ranks: up, down, equal, refused, forgotten."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradin.domain.appariement.classement import GESTES, POSES

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


@pytest.mark.parametrize(
    ("ou", "candidat", "repere", "apres"),
    [
        ("avant", 4, 1, {4: 1, 1: 2, 2: 3, 3: 3, 5: 0}),
        ("apres", 1, 2, {2: 1, 3: 1, 1: 3, 4: 4, 5: 0}),
        ("apres", 2, 3, {1: 1, 3: 2, 2: 3, 4: 4, 5: 0}),
        ("sur", 4, 1, {1: 1, 4: 1, 2: 3, 3: 3, 5: 0}),
        ("sur", 2, 3, AVANT),
        ("avant", 6, 1, {6: 1, 1: 2, 2: 3, 3: 3, 4: 5, 5: 0}),
        ("sur", 5, 4, {1: 1, 2: 2, 3: 2, 4: 4, 5: 4}),
        ("apres", 6, 7, {**AVANT, 6: 5}),
        ("avant", 1, 5, {2: 1, 3: 1, 4: 3, 1: 0, 5: 0}),
        ("avant", 4, 4, AVANT),
    ],
)
def test_a_line_dropped_beside_another_takes_its_place_there(ou, candidat, repere, apres):
    assert POSES[ou](AVANT, candidat, repere) == apres


TOUS = st.tuples(st.sampled_from([*GESTES, *POSES]), st.integers(1, 5), st.integers(1, 5))


@given(st.lists(TOUS, max_size=30))
def test_ranks_stay_between_0_and_the_number_of_candidates(gestes):
    rangs = {}
    for geste, candidat, repere in gestes:
        pose = POSES.get(geste)
        rangs = pose(rangs, candidat, repere) if pose else GESTES[geste](rangs, candidat)
        assert all(0 <= rang <= 5 for rang in rangs.values())
        assert min((rang for rang in rangs.values() if rang), default=1) == 1
