"""How many postes a DES must open for its internes: the inadéquation rule (rules.md §7)."""

from __future__ import annotations

from dataclasses import dataclass

MEDECINE_GENERALE = "MGE"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReglesOuverture:
    """Parameters. `petits` are the DES that get a fixed margin while few internes choose there."""

    pour_cent: int = 107
    petits: frozenset[str] = frozenset({"ARE", "GYM", "GYO", "MTR", "PED", "PSY", "SPU"})
    petit_effectif: int = 15
    marge_petits: int = 2
    grand_effectif: int = 430
    marge_medecine_generale: int = 30


def count_postes_required(des: str, internes: int, regles: ReglesOuverture) -> int:
    """`internes`: those of this DES who will choose, surnombres validants included, non validants not.

    Nobody needs no poste. Extra seats of surnombres never count as postes.
    """
    if internes == 0:
        return 0
    if des in regles.petits and internes < regles.petit_effectif:
        return internes + regles.marge_petits
    if des == MEDECINE_GENERALE and internes >= regles.grand_effectif:
        return internes + regles.marge_medecine_generale
    return -(-internes * regles.pour_cent // 100)
