"""Words as people type them: one slip forgiven where it can be, never in a short word."""

import pytest

from gradin.domain.recherche import (
    corrections,
    find_texts,
    has_words,
    is_one_edit_away,
    split_pieces,
    split_words,
    vocabulary,
)

MOTS = vocabulary(["cardiologie hopital saint-antoine", "radiologie 33 orl"])
SERVICES = ("Neurologie", "Urologie", "Chirurgie cardio-vasculaire", "Hôpital Saint-Loup")


@pytest.mark.parametrize(
    "frappe", ["cardiolgie", "cardiologgie", "cardiologia", "cardioolgie", "acrdiologie"]
)
def test_one_slip_finds_the_word(frappe: str) -> None:
    assert corrections(frappe, MOTS) == ("cardiologie",)


def test_two_slips_are_not_forgiven() -> None:
    assert corrections("kardiolgie", MOTS) == ()


def test_a_word_of_four_letters_is_taken_as_it_is() -> None:
    assert corrections("orll", MOTS) == ()


def test_the_beginning_of_a_word_may_have_a_slip() -> None:
    assert corrections("cardiolgi", MOTS) == ("cardiologie",)


@pytest.mark.parametrize(
    ("un", "autre", "proche"),
    [
        ("abcde", "abcde", True),
        ("abcde", "abced", True),
        ("abcde", "abxce", False),
        ("aab", "aaab", True),
        ("abcde", "abc", False),
        ("abcde", "bacd", False),
    ],
)
def test_one_edit_is_one_letter_or_one_swap(un: str, autre: str, proche: bool) -> None:
    assert is_one_edit_away(un, autre) is proche is is_one_edit_away(autre, un)


def test_words_are_folded_and_counted() -> None:
    assert split_words("  Évènement  GRANGE ") == ("evenement", "grange")
    assert len(split_words("a " * 50)) == 8
    assert has_words("Pr Ève Martin", split_words("martin EVE"))


@pytest.mark.parametrize(
    ("frappe", "trouves"),
    [
        ("urologie", {"Urologie"}),
        ("logie", {"Neurologie", "Urologie"}),
        ("urolgie", {"Urologie"}),
        ("vasculaire", {"Chirurgie cardio-vasculaire"}),
        ("saint-loup", {"Hôpital Saint-Loup"}),
        ("loup hopital", {"Hôpital Saint-Loup"}),
        ("dentiste", set()),
    ],
)
def test_a_word_is_sought_at_the_start_of_words_then_inside_then_one_slip_away(
    frappe: str, trouves: set[str]
) -> None:
    assert {*find_texts(SERVICES, split_words(frappe))} == trouves


def test_a_number_is_never_taken_for_another() -> None:
    assert corrections("29441", vocabulary(["poste 29440 2944"])) == ()


@pytest.mark.parametrize("mot", ["autre", "cardiologie", "pneumologie"])
def test_of_three_pieces_one_stands_in_the_word_that_was_meant(mot: str) -> None:
    """The store is asked for the pieces alone: none of the slips that are forgiven may be lost."""
    places = range(len(mot) + 1)
    frappes = {mot[:i] + mot[i + 1 :] for i in places} | {mot[:i] + "w" + mot[i:] for i in places}
    frappes |= {mot[:i] + "w" + mot[i + 1 :] for i in places}
    frappes |= {mot[:i] + mot[i : i + 2][::-1] + mot[i + 2 :] for i in places}
    assert len(frappes) > 3 * len(mot)
    for frappe in frappes:
        assert is_one_edit_away(frappe, mot)
        assert any(piece in mot for piece in split_pieces(frappe)), frappe
