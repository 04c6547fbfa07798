"""Seniority in semesters (rules.md §2; Code de l'éducation R632-32)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from gradin.domain.rang.parametres import Couverture, ParametresRang


@dataclass(frozen=True, slots=True, kw_only=True)
class Semestres:
    """Semesters of one interne, by kind.

    `valides` counts the current one (by presumption) and those saved by R632-32;
    `recherche` is année-recherche plus disponibilité pour recherche, not capped;
    `convenances` is known only to be shown: it never counts.
    """

    valides: int
    surnombre_non_validant: int = 0
    recherche: int = 0
    convenances: int = 0

    def __post_init__(self) -> None:
        counts = (self.valides, self.surnombre_non_validant, self.recherche, self.convenances)
        if min(counts) < 0:
            raise ValueError("Un nombre de semestres ne peut pas être négatif.")


def compute_anciennete(semestres: Semestres, parametres: ParametresRang) -> int:
    """Semesters that count for the call order."""
    return semestres.valides + count_hors_maquette(semestres, parametres)


def count_hors_maquette(semestres: Semestres, parametres: ParametresRang) -> int:
    """Surnombres non validants and research, after the cap on what it covers."""
    surnombre, recherche = semestres.surnombre_non_validant, semestres.recherche
    match parametres.couverture:
        case Couverture.RECHERCHE:
            return surnombre + min(parametres.plafond, recherche)
        case Couverture.RECHERCHE_ET_SURNOMBRE:
            return min(parametres.plafond, surnombre + recherche)
        case _:
            assert_never(parametres.couverture)
