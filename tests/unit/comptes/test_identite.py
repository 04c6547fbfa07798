"""Who somebody says he is, compared as the manual asks: accents, case and spaces do not count."""

from dataclasses import replace
from datetime import date

import pytest

from gradin.domain.identite import Identite, find_differences, fold_nom, fold_telephone, parse_jour

CAMILLE = Identite(
    ine="120394857KX",
    nom="L’Hermite",
    prenom="Anne-Zoé",
    ne_le=date(1999, 3, 14),
    courriel="camille@exemple.fr",
    telephone="06 12 34 56 78",
)


@pytest.mark.parametrize(
    "saisie",
    [
        {"nom": "LHERMITE"},
        {"nom": "l hermite"},
        {"prenom": "anne zoe"},
        {"telephone": "+33612345678"},
        {"telephone": "0033 6 12-34-56-78"},
        {"ine": "120394857kx"},
        {"ine": "0000"},
        {"courriel": " Camille@Exemple.FR "},
    ],
)
def test_another_way_to_write_the_same_is_no_difference(saisie: dict[str, str]) -> None:
    assert find_differences(replace(CAMILLE, **saisie), CAMILLE) == ()


@pytest.mark.parametrize(
    ("champ", "autre"),
    [
        ("ine", "120394857KY"),
        ("nom", "Hermite"),
        ("prenom", "Anne"),
        ("ne_le", date(1999, 3, 15)),
        ("courriel", "camille@exemple.com"),
        ("telephone", "0612345679"),
    ],
)
def test_another_value_is_a_difference(champ: str, autre: object) -> None:
    assert find_differences(replace(CAMILLE, **{champ: autre}), CAMILLE) == (champ,)


def test_what_the_roster_does_not_know_cannot_differ_but_the_email_can() -> None:
    vide = replace(CAMILLE, ne_le=None, telephone="", courriel="")
    assert find_differences(CAMILLE, vide) == ("courriel",)


def test_ligatures_and_other_alphabets_do_not_vanish() -> None:
    assert fold_nom("Łukasz Nuñez") != ""
    assert fold_nom("ÉLÉONORE") == "eleonore"


def test_a_short_number_is_not_taken_for_a_french_one() -> None:
    assert fold_telephone("33 12") == "3312"


@pytest.mark.parametrize(
    "texte",
    [
        "04/02/1999",
        "4/2/1999",
        "04-02-1999",
        "04.02.1999",
        "4 2 1999",
        "04021999",
        " 04 / 02 / 1999 ",
        "1999-02-04",
    ],
)
def test_a_birth_date_is_read_however_a_keypad_lets_it_be_typed(texte: str) -> None:
    assert parse_jour(texte) == date(1999, 2, 4)


@pytest.mark.parametrize(
    "texte", ["", "31/02/1999", "31021999", "4/2/99", "0402199", "1999", "quatre février"]
)
def test_what_is_no_day_is_not_guessed(texte: str) -> None:
    assert parse_jour(texte) is None
