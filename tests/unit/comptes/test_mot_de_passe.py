"""The CNIL's three examples reach 80 bits; what a guesser tries first does not."""

import pytest

from gradin.domain.mot_de_passe import EXIGE, count_useful, estimate_bits


@pytest.mark.parametrize(
    "assez",
    ["Kf7!pQz2;mRx", "Kf7pQz2mRxw9Tc", "sept mots choisis vraiment sans aucun lien", "kqzvwxjhgbfpmrtsly"],
)
def test_twelve_signs_of_four_classes_fourteen_of_three_or_seven_words_are_enough(assez: str) -> None:
    assert estimate_bits(assez) >= EXIGE


@pytest.mark.parametrize(
    "faible",
    [
        "",
        "Kf7!pQz2;m",
        "Kf7pQz2mRxw",
        "six mots choisis sans aucun lien",
        "un un un un un un un un",
        "a" * 40,
        "123456789012345678",
        "abcdefghijklmnopqrstuvwxyz",
    ],
)
def test_less_than_that_or_what_goes_by_itself_is_not(faible: str) -> None:
    assert estimate_bits(faible) < EXIGE


def test_a_run_counts_for_its_first_two_signs() -> None:
    assert (count_useful("aaaa"), count_useful("1234"), count_useful("4321"), count_useful("rs")) == (
        2,
        2,
        2,
        2,
    )
