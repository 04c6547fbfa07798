"""How many postes a DES must open for its internes: the inadéquation rule (rules.md §7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

MEDECINE_GENERALE = "MGE"


class Volet(StrEnum):
    """The two parts of a DES's offer: ancien régime and approfondissement share their postes."""

    SOCLE = "socle"
    APPROFONDISSEMENT = "approfondissement"


def volet_of(phase: str) -> Volet:
    """Of an interne's phase, or of a poste's régime de formation."""
    return Volet.SOCLE if phase == "socle" else Volet.APPROFONDISSEMENT


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


def share_postes_required(
    des: str, internes: Mapping[Volet, int], regles: ReglesOuverture
) -> dict[Volet, int]:
    """The postes of a DES over its volets, as its internes are: the rule speaks of the whole DES.

    By the largest remainders, phase socle first when they are equal; the parts add up to the rule's figure.
    """
    total = sum(internes.values())
    requis = count_postes_required(des, total, regles)
    if not total:
        return dict.fromkeys(internes, 0)
    parts = {volet: divmod(nombre * requis, total) for volet, nombre in internes.items()}
    reste = requis - sum(entier for entier, _ in parts.values())
    servis = sorted(parts, key=lambda volet: (-parts[volet][1], volet is not Volet.SOCLE))[:reste]
    return {volet: entier + (volet in servis) for volet, (entier, _) in parts.items()}
