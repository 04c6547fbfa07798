"""Rang actualisé: the rang local rescaled to the promotion théorique, as an exact fraction."""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from gradin.domain.rang.parametres import MethodeReclassement


def compute_rang_actualise(
    *,
    rang_local: int,
    effectif_local: int,
    effectif_theorique: int,
    decale: bool = True,
    methode: MethodeReclassement = MethodeReclassement.TOUS,
) -> Fraction:
    """Rescale a rank; `decale` says that the promotion théorique is not the interne's own."""
    if rang_local < 1 or effectif_local < 1:
        raise ValueError("Le rang local et l'effectif local commencent à 1.")
    match methode:
        case MethodeReclassement.TOUS:
            return Fraction(rang_local * effectif_theorique, effectif_local)
        case MethodeReclassement.DECALES:
            echelle = Fraction(effectif_theorique, effectif_local) if decale else Fraction(1)
            return rang_local * echelle
        case MethodeReclassement.POURCENTAGE:
            return Fraction(rang_local, effectif_local)
        case _:
            assert_never(methode)


def show_rang(rang: Fraction) -> str:
    """Two decimals, truncated and never rounded: 2330/307 gives `7.58`."""
    centiemes = rang.numerator * 100 // rang.denominator
    return f"{centiemes // 100}.{centiemes % 100:02d}"


def write_fraction(rang: Fraction) -> str:
    """The exact value as API and journal write it: `2330/307`, `120`."""
    return str(rang)
