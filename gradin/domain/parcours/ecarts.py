"""Where the seniority that the ARS imported and the one that the parcours gives differ, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gradin.domain.nombres import count_mots
from gradin.domain.parcours.anciennete import AncienneteCalculee
from gradin.domain.rang.anciennete import Semestres


class SourceAnciennete(StrEnum):
    """Which figure a campaign uses (parameter; the imported one by default)."""

    IMPORTEE = "importee"
    CALCULEE = "calculee"


@dataclass(frozen=True, slots=True, kw_only=True)
class EcartAnciennete:
    """`manques`: semesters of which nothing is known."""

    importee: Semestres
    calculee: AncienneteCalculee
    manques: int

    @property
    def differe(self) -> bool:
        """What counts for a rank, kind by kind: two mistakes that make up for each other are two mistakes."""
        une, autre = self.importee, self.calculee.semestres
        return (une.valides, une.surnombre_non_validant, une.recherche) != (
            autre.valides,
            autre.surnombre_non_validant,
            autre.recherche,
        )

    @property
    def explications(self) -> tuple[str, ...]:
        """What may mend it, in words."""
        dites = []
        if self.calculee.attente:
            dites.append(f"{count_mots(self.calculee.attente, 'semestre')} à valider par la faculté")
        if self.manques:
            dites.append(f"{count_mots(self.manques, 'semestre')} dont rien n’est connu")
        if not dites and self.differe:
            dites.append("parcours entier et validé\u202f: l’import est à corriger, ou une ligne à rouvrir")
        return tuple(dites)
