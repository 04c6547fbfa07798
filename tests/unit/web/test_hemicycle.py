"""L'hémicycle: a seat for each rank, filled from the front, the light never jumps."""

import math
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradin.web.templatetags.scene import Siege, hemicycle, minuteur, place_seats


def gap(a: Siege, b: Siege) -> float:
    return math.hypot(a.x - b.x, a.y - b.y)


@given(st.integers(min_value=0, max_value=1_500))
def test_there_is_one_seat_per_interne(combien: int) -> None:
    assert len(place_seats(combien)) == combien


@pytest.mark.parametrize("combien", [30, 128, 430, 1_100])
def test_the_next_seat_is_always_beside_the_last(combien: int) -> None:
    sieges = place_seats(combien)
    ecarts = [gap(a, b) for a, b in pairwise(sieges)]
    assert max(ecarts) <= 3 * sorted(ecarts)[len(ecarts) // 2]


@pytest.mark.parametrize("combien", [1, 2, 5, 30, 128, 430, 1_100])
def test_seats_do_not_overlap_and_stay_in_the_drawing(combien: int) -> None:
    sieges = place_seats(combien)
    assert all(0 <= s.x <= 480 and 0 <= s.y <= 234 for s in sieges)
    assert all(gap(a, b) >= 1.5 * a.rayon for a, b in pairwise(sieges))


def test_white_seats_between_the_light_and_me_are_those_before_me() -> None:
    liste = [
        {"interne": 1, "rang": 1, "statut": "a_choisi"},
        {"interne": 2, "rang": 2, "statut": "en_cours"},
        {"interne": 3, "rang": 3, "statut": "hors_choix"},
        {"interne": 4, "rang": 4, "statut": "a_venir"},
        {"interne": 5, "rang": 5, "statut": "a_venir"},
        {"interne": 6, "rang": 6, "statut": "a_venir"},
    ]
    classes = re.findall(r'class="siege ?([\w-]*)" data-siege', hemicycle(liste, moi=5, choisit=2))
    assert classes == ["siege--pris", "siege--choisit", "siege--absent", "siege--devant", "siege--moi", ""]


def test_the_drawing_says_itself_in_one_sentence() -> None:
    dessin = hemicycle([{"interne": 1, "rang": 61, "statut": "en_cours"}], choisit=1)
    assert 'aria-label="Les 1 places de l’amphithéâtre. Le rang 61 choisit."' in dessin


@pytest.mark.parametrize(
    ("reste", "sieges"),
    [(90_000, (30, 30, 30)), (61_000, (1, 30, 30)), (60_000, (0, 30, 30)), (0, (0, 0, 0))],
)
def test_the_outer_tier_of_the_minuteur_empties_first(reste: int, sieges: tuple[int, ...]) -> None:
    traits = re.findall(r'class="allume"[^>]*stroke-dasharray="([^"]*)"', minuteur(reste))
    assert tuple(trait.count(".7") for trait in traits) == sieges
