"""What may be shown of answers: never fewer than five, whatever one subtracts from what."""

from hypothesis import given
from hypothesis import strategies as st

from gradin.domain.evaluations.anonymat import SEUIL, cut_blocs, summarise
from gradin.domain.evaluations.questionnaire import GenreQuestion, Question

CODES = st.sampled_from([f"{annee}-{mois}" for annee in range(2020, 2030) for mois in ("05", "11")])
COMPTES = st.dictionaries(CODES, st.integers(min_value=0, max_value=12))
NOTE = Question(intitule="Encadrement", genre=GenreQuestion.ECHELLE)


def test_three_answers_are_not_shown_and_wait_for_the_next_semesters() -> None:
    assert cut_blocs({"2026-05": 3}) == ()
    (bloc,) = cut_blocs({"2026-05": 3, "2026-11": 4})
    assert bloc.semestres == ("2026-05", "2026-11") and bloc.nombre == 7


def test_what_is_left_over_never_joins_a_bloc_that_was_read() -> None:
    (bloc,) = cut_blocs({"2026-05": 6, "2026-11": 2})
    assert bloc.semestres == ("2026-05",) and bloc.nombre == 6


@given(COMPTES)
def test_no_two_blocs_share_a_semester_and_none_is_small(comptes: dict[str, int]) -> None:
    blocs = cut_blocs(comptes)
    semestres = [code for bloc in blocs for code in bloc.semestres]
    assert len(set(semestres)) == len(semestres)
    assert all(bloc.nombre == sum(comptes[code] for code in bloc.semestres) >= SEUIL for bloc in blocs)


@given(COMPTES, st.integers(min_value=0, max_value=12))
def test_a_later_semester_changes_nothing_that_was_published(comptes: dict[str, int], neufs: int) -> None:
    avant = cut_blocs(comptes)
    apres = cut_blocs({**comptes, "2031-05": neufs})
    assert apres[: len(avant)] == avant


def test_a_question_answered_by_four_of_seven_is_not_shown() -> None:
    assert summarise(NOTE, {"4": 4}) is None
    lue = summarise(NOTE, {"1": 1, "5": 4})
    assert lue is not None and lue.moyenne == 4.2
    assert [part.nombre for part in lue.parts] == [1, 0, 0, 0, 4]


def test_a_free_text_is_never_counted() -> None:
    assert summarise(Question(intitule="Un mot", genre=GenreQuestion.TEXTE), {"a": 9}) is None
