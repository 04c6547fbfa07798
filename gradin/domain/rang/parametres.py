"""What a region may set about ranks; every default is the one of rules.md §2-3."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class MethodeReclassement(StrEnum):
    """How the rang local is rescaled."""

    TOUS = "tous"
    DECALES = "decales"
    POURCENTAGE = "pourcentage"


class Couverture(StrEnum):
    """What the cap on semesters outside the maquette covers."""

    RECHERCHE = "recherche"
    RECHERCHE_ET_SURNOMBRE = "recherche_et_surnombre"


class Portee(StrEnum):
    """Over what the seniority is counted."""

    INTERNAT = "internat"
    PHASE = "phase"


@dataclass(frozen=True, slots=True, kw_only=True)
class ParametresRang:
    """Settings of one call list.

    `effectifs_imposes` holds (promotion, effectif) pairs that replace the count over the list.
    `graine` is the published seed of the draw between perfect equals.
    """

    methode: MethodeReclassement = MethodeReclassement.TOUS
    plafond: int = 4
    couverture: Couverture = Couverture.RECHERCHE
    portee: Portee = Portee.INTERNAT
    effectifs_imposes: tuple[tuple[int, int], ...] = ()
    graine: str = ""
