"""What an interne did in one semester, and how far the faculty is with it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Situation(StrEnum):
    """Never the cause of an absence: no medical fact enters the platform (rules.md §9)."""

    STAGE = "stage"
    SURNOMBRE_VALIDANT = "surnombre_validant"
    SURNOMBRE_NON_VALIDANT = "surnombre_non_validant"
    HORS_SUBDIVISION = "hors_subdivision"
    ETRANGER = "etranger"
    ANNEE_RECHERCHE = "annee_recherche"
    DISPONIBILITE_RECHERCHE = "disponibilite_recherche"
    DISPONIBILITE_CONVENANCES = "disponibilite_convenances"
    DISPONIBILITE_AUTRE = "disponibilite_autre"
    ABSENCE = "absence"


class EtatSemestre(StrEnum):
    PRESUME = "presume"
    VALIDE = "valide"
    NON_VALIDE = "non_valide"


class Source(StrEnum):
    """Who wrote the line; what an interne declares counts only once the faculty has validated it."""

    AFFECTATION = "affectation"
    IMPORT = "import"
    DEMANDE = "demande"
    INTERNE = "interne"
    FACULTE = "faculte"


# A stage was done: it has a service or a place, and may serve the maquette.
STAGES = frozenset(
    {
        Situation.STAGE,
        Situation.SURNOMBRE_VALIDANT,
        Situation.SURNOMBRE_NON_VALIDANT,
        Situation.HORS_SUBDIVISION,
        Situation.ETRANGER,
    }
)
# Those that the faculty validates as semesters of the internship.
VALIDANTES = STAGES - {Situation.SURNOMBRE_NON_VALIDANT}
RECHERCHE = frozenset({Situation.ANNEE_RECHERCHE, Situation.DISPONIBILITE_RECHERCHE})


@dataclass(frozen=True, slots=True, kw_only=True)
class SemestreVecu:
    """`sauve`: not validated, for a cause of R632-32 (which one is nobody's business): it counts."""

    semestre: str
    situation: Situation
    etat: EtatSemestre
    source: Source = Source.IMPORT
    sauve: bool = False
