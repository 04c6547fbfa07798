"""A questionnaire: ordered questions, as data; what an answer must be to be kept."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, assert_never

from gradin.domain.texte import fold

QUESTIONS_MAX, CHOIX_MIN, CHOIX_MAX = 40, 2, 10
INTITULE_MAX, TEXTE_MAX = 200, 2_000
ECHELLE = ("1", "2", "3", "4", "5")


class GenreQuestion(StrEnum):
    ECHELLE = "echelle"
    OUI_NON = "oui_non"
    CHOIX = "choix"
    TEXTE = "texte"


class QuestionnaireInvalide(ValueError):
    """Nobody could answer it: French, says what to mend."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Two questions that differ in a word are two questions: their answers are never added up."""

    intitule: str
    genre: GenreQuestion
    choix: tuple[str, ...] = ()
    facultative: bool = False

    @property
    def cle(self) -> str:
        """The same from one version to the next as long as nothing of what is asked changes."""
        dit = "\n".join((self.genre.value, self.intitule, *self.choix))
        return "q" + hashlib.sha256(dit.encode()).hexdigest()[:10]

    @property
    def valeurs(self) -> tuple[str, ...]:
        """What may be answered; nothing for a free text, which is not counted."""
        match self.genre:
            case GenreQuestion.ECHELLE:
                return ECHELLE
            case GenreQuestion.OUI_NON:
                return ("Oui", "Non")
            case GenreQuestion.CHOIX:
                return self.choix
            case GenreQuestion.TEXTE:
                return ()
        assert_never(self.genre)

    @property
    def obligatoire(self) -> bool:
        """A free text never is: silence names nobody."""
        return not self.facultative and self.genre is not GenreQuestion.TEXTE


def read_questions(contenu: Iterable[Mapping[str, Any]]) -> tuple[Question, ...]:
    """As `write_questions` wrote them."""
    return tuple(
        Question(
            intitule=str(une["intitule"]),
            genre=GenreQuestion(une["genre"]),
            choix=tuple(str(mot) for mot in une.get("choix", ())),
            facultative=bool(une.get("facultative", False)),
        )
        for une in contenu
    )


def write_questions(questions: Iterable[Question]) -> list[dict[str, Any]]:
    return [
        {
            "intitule": une.intitule,
            "genre": une.genre.value,
            "choix": list(une.choix),
            "facultative": une.facultative,
        }
        for une in questions
    ]


def check_questions(questions: Sequence[Question]) -> None:
    """Raises QuestionnaireInvalide."""
    if not any(une.obligatoire for une in questions):
        raise QuestionnaireInvalide("Posez au moins une question obligatoire, autre qu’un texte libre.")
    if len(questions) > QUESTIONS_MAX:
        raise QuestionnaireInvalide(f"{QUESTIONS_MAX} questions au plus. Retirez-en.")
    if len({fold(une.intitule) for une in questions}) < len(questions):
        raise QuestionnaireInvalide("Deux questions ont le même intitulé. Changez-en un.")
    for une in questions:
        _check_choix(une)


def _check_choix(question: Question) -> None:
    if question.genre is not GenreQuestion.CHOIX:
        return
    if not CHOIX_MIN <= len(question.choix) <= CHOIX_MAX:
        raise QuestionnaireInvalide(
            f"« {question.intitule} » demande de {CHOIX_MIN} à {CHOIX_MAX} choix. Écrivez-en un par ligne."
        )
    if len({fold(mot) for mot in question.choix}) < len(question.choix):
        raise QuestionnaireInvalide(
            f"« {question.intitule} » propose deux fois le même choix. Retirez-en un."
        )


def keep_reponses(questions: Iterable[Question], dites: Mapping[str, str]) -> dict[str, str]:
    """What is an answer to what is asked, by key; anything else is left out."""
    gardees = {}
    for une in questions:
        dit = dites.get(une.cle, "").replace("\x00", "").strip()
        if une.genre is GenreQuestion.TEXTE:
            dit = dit[:TEXTE_MAX]
        elif dit not in une.valeurs:
            continue
        if dit:
            gardees[une.cle] = dit
    return gardees


def list_missing(questions: Iterable[Question], reponses: Mapping[str, str]) -> tuple[Question, ...]:
    return tuple(une for une in questions if une.obligatoire and une.cle not in reponses)
