"""k-anonymity: what may be shown of answers, so that no reader can tell one of them from the others.

Answers are published by blocs of whole semesters, at least `SEUIL` answers each. The reader chooses no range:
two ranges that differ by one semester would give, by subtraction, what three people answered.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from gradin.domain.evaluations.questionnaire import GenreQuestion, Question

SEUIL = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Bloc:
    """Consecutive semesters shown together, the oldest first; `nombre`: answers, `SEUIL` at least."""

    semestres: tuple[str, ...]
    nombre: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """`part`: of one hundred answers to this question."""

    mot: str
    nombre: int
    part: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Synthese:
    """What is shown of one question in one bloc. `moyenne`: of a scale, from 1 to 5."""

    question: Question
    nombre: int
    parts: tuple[Part, ...]
    moyenne: float | None


def cut_blocs(comptes: Mapping[str, int]) -> tuple[Bloc, ...]:
    """Answers by semester (of closed campaigns) → disjoint blocs, cut as soon as they are large enough.

    Cut from the oldest, so that a semester added later never changes a bloc already read: what is short of
    `SEUIL` waits for the next semesters, and is never added to a bloc before it.
    """
    blocs: list[Bloc] = []
    attente: list[str] = []
    nombre = 0
    for code in sorted(code for code, combien in comptes.items() if combien):
        attente.append(code)
        nombre += comptes[code]
        if nombre >= SEUIL:
            blocs.append(Bloc(semestres=tuple(attente), nombre=nombre))
            attente, nombre = [], 0
    return tuple(blocs)


def summarise(question: Question, comptes: Mapping[str, int]) -> Synthese | None:
    """`comptes`: how many gave each answer. None below `SEUIL` answers to this very question, and for a free
    text, which is read one by one.
    """
    total = sum(comptes.values())
    if question.genre is GenreQuestion.TEXTE or total < SEUIL:
        return None
    echelle = question.genre is GenreQuestion.ECHELLE
    return Synthese(
        question=question,
        nombre=total,
        parts=tuple(
            Part(mot=mot, nombre=comptes.get(mot, 0), part=100 * comptes.get(mot, 0) / total)
            for mot in question.valeurs
        ),
        moyenne=sum(int(dite) * nombre for dite, nombre in comptes.items()) / total if echelle else None,
    )
