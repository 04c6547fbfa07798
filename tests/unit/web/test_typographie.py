"""Hours, dates, ranks and quantities as a French reader expects them."""

import pytest

from gradin.web.templatetags.gradin import (
    heure,
    heure_secondes,
    jour,
    jour_heure,
    limite,
    nombre,
    ordinal,
    pluriel,
    telephone,
)

# Tuesday 6 April 2027, 9:30 in Paris.
MARDI = 1_806_996_600_000


def test_an_hour_has_no_break_spaces_and_no_useless_minutes() -> None:
    assert heure(MARDI) == "9\u00a0h\u00a030"
    assert heure(MARDI + 30 * 60_000) == "10\u00a0h"


@pytest.mark.parametrize(
    ("saisi", "dit"),
    [
        ("0651851515", "06\u00a051\u00a085\u00a015\u00a015"),
        ("+33 6 51 85 15 15", "06\u00a051\u00a085\u00a015\u00a015"),
        ("+262 692 00 00 00", "+262 692 00 00 00"),
        ("0472000000, standard", "0472000000, standard"),
        ("", ""),
    ],
)
def test_a_telephone_number_is_read_by_pairs(saisi: str, dit: str) -> None:
    assert telephone(saisi) == dit


def test_seconds_are_said_when_they_matter() -> None:
    assert heure_secondes(MARDI + 72_000) == "9\u00a0h\u00a031\u00a0min\u00a012\u00a0s"


def test_an_hour_is_that_of_the_subdivision() -> None:
    assert heure(MARDI, "America/Guadeloupe") == "3\u00a0h\u00a030"


def test_a_day_is_said_as_a_person_says_it() -> None:
    assert jour_heure(MARDI) == "mardi 6\u00a0avril à 9\u00a0h\u00a030"


def test_a_deadline_at_zero_hour_is_the_evening_before() -> None:
    minuit = MARDI - 9 * 3_600_000 - 30 * 60_000
    assert limite(minuit) == "lundi 5\u00a0avril à minuit"
    assert limite(MARDI) == jour_heure(MARDI)


def test_the_first_of_a_month_is_raised() -> None:
    assert jour(MARDI - 5 * 86_400_000) == "jeudi 1<sup>er</sup>\u00a0avril"


@pytest.mark.parametrize(("rang", "dit"), [(1, "1<sup>er</sup>"), (87, "87<sup>e</sup>")])
def test_a_rank_has_raised_letters(rang: int, dit: str) -> None:
    assert ordinal(rang) == dit


def test_thousands_are_set_apart_by_a_thin_space() -> None:
    assert nombre(1419) == "1\u202f419"


@pytest.mark.parametrize(("combien", "dit"), [(0, "0\u00a0poste"), (1, "1\u00a0poste"), (2, "2\u00a0postes")])
def test_zero_is_singular(combien: int, dit: str) -> None:
    assert pluriel(combien, "poste,postes") == dit
