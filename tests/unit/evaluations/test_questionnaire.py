"""What a questionnaire may ask, and which answers are kept."""

import pytest

from gradin.domain.evaluations.questionnaire import (
    GenreQuestion,
    Question,
    QuestionnaireInvalide,
    check_questions,
    keep_reponses,
    list_missing,
    read_questions,
    write_questions,
)

NOTE = Question(intitule="Encadrement", genre=GenreQuestion.ECHELLE)
GARDES = Question(intitule="Gardes", genre=GenreQuestion.CHOIX, choix=("Aucune", "Une par semaine"))
MOT = Question(intitule="Un mot", genre=GenreQuestion.TEXTE)
TOUTES = (NOTE, GARDES, MOT)


def test_written_and_read_again_it_is_the_same() -> None:
    assert read_questions(write_questions(TOUTES)) == TOUTES


def test_a_question_that_changes_is_another_question() -> None:
    autre = Question(intitule="Gardes", genre=GenreQuestion.CHOIX, choix=("Aucune", "Deux"))
    assert autre.cle != GARDES.cle
    facultative = Question(intitule="Encadrement", genre=GenreQuestion.ECHELLE, facultative=True)
    assert facultative.cle == NOTE.cle


def test_only_what_answers_a_question_is_kept() -> None:
    dites = {NOTE.cle: "6", GARDES.cle: "Aucune", MOT.cle: "  Bien.\x00 ", "intrus": "x"}
    assert keep_reponses(TOUTES, dites) == {GARDES.cle: "Aucune", MOT.cle: "Bien."}


def test_a_free_text_is_never_missing() -> None:
    assert list_missing(TOUTES, {GARDES.cle: "Aucune"}) == (NOTE,)


@pytest.mark.parametrize(
    ("questions", "dit"),
    [
        ((MOT,), "au moins une question"),
        ((NOTE, NOTE), "même intitulé"),
        ((Question(intitule="G", genre=GenreQuestion.CHOIX, choix=("Seul",)),), "de 2 à 10 choix"),
        ((Question(intitule="G", genre=GenreQuestion.CHOIX, choix=("Un", "UN")),), "deux fois"),
    ],
)
def test_a_questionnaire_nobody_could_answer_is_refused(questions: tuple[Question, ...], dit: str) -> None:
    with pytest.raises(QuestionnaireInvalide, match=dit):
        check_questions(questions)
