"""Who enters a call list and what each of its lines says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from gradin.domain.rang.anciennete import Semestres
from gradin.domain.rang.parametres import ParametresRang
from gradin.domain.rang.semestre import Semestre


class Departage(StrEnum):
    """What parted two internes of equal ancienneté and rang actualisé, strongest first."""

    PROMOTION = "promotion"
    RANG_LOCAL = "rang_local"
    NAISSANCE = "naissance"
    SORT = "sort"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidat:
    """One interne as the ARS describes him; `rang_local` None is flagged and blocks the start.

    `effectif_compte`: size of his promotion counted over the whole roster of his groupe and
    subdivision, all phases; it stands in for a missing effectif local.
    `semestres_phase` is read only when the seniority is counted over the current phase.
    """

    ine: str
    promotion: int
    rang_local: int | None
    effectif_local: int | None
    semestres: Semestres
    effectif_compte: int | None = None
    ne_le: date | None = None
    semestres_phase: Semestres | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneListe:
    """One line of the call list, every figure included.

    `effectif_compte`: the size of the promotion was missing and has been counted.
    `rang_actualise` is None when the rang local is missing.
    """

    rang: int
    ine: str
    anciennete: int
    promotion: int
    rang_local: int | None
    effectif_local: int
    effectif_compte: bool
    promotion_theorique: int
    effectif_theorique: int
    rang_actualise: Fraction | None
    departage: Departage | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListeAppel:
    """A call list; `a_confirmer` groups the INE whose order came down to birth date or lot."""

    semestre: Semestre
    parametres: ParametresRang
    lignes: tuple[LigneListe, ...]
    a_confirmer: tuple[tuple[str, ...], ...]

    @property
    def sans_rang(self) -> tuple[str, ...]:
        """INE of the internes whose rang local is missing."""
        return tuple(ligne.ine for ligne in self.lignes if ligne.rang_local is None)

    @property
    def effectifs_comptes(self) -> tuple[str, ...]:
        """INE of the internes whose effectif local was missing and has been counted."""
        return tuple(ligne.ine for ligne in self.lignes if ligne.effectif_compte)
