"""The semestre for which one chooses, and the regular seniority it gives a promotion."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import assert_never


class Saison(StrEnum):
    """Half of the year, by the month in which it starts."""

    ETE = "05"
    HIVER = "11"


@dataclass(frozen=True, slots=True, kw_only=True)
class Semestre:
    """Six months of stage that start on 2 May (été) or 2 November (hiver)."""

    annee: int
    saison: Saison

    @property
    def code(self) -> str:
        return f"{self.annee:04d}-{self.saison.value}"

    @property
    def libelle(self) -> str:
        """« mai 2027 », « novembre 2027 »."""
        match self.saison:
            case Saison.ETE:
                return f"mai {self.annee}"
            case Saison.HIVER:
                return f"novembre {self.annee}"
            case _:
                assert_never(self.saison)

    @property
    def debut(self) -> date:
        return date(self.annee, int(self.saison.value), 2)

    def regular_anciennete(self, promotion: int) -> int:
        """Semesters that an interne of this promotion has behind him if nothing delayed him."""
        match self.saison:
            case Saison.ETE:
                return 2 * (self.annee - promotion) - 1
            case Saison.HIVER:
                return 2 * (self.annee - promotion)
            case _:
                assert_never(self.saison)


def parse_semestre(code: str) -> Semestre:
    """Read `2027-05` or `2027-11`; anything else raises ValueError with a French message."""
    if not re.fullmatch(r"\d{4}-(05|11)", code, re.ASCII):
        raise ValueError(
            f"« {code} » n’est pas un semestre : écrivez l'année puis 05 (mai) ou 11 (novembre), "
            "par exemple 2027-05."
        )
    annee, saison = code.split("-")
    return Semestre(annee=int(annee), saison=Saison(saison))
