"""What two versions of one call list do not say alike: who moved, and which figure made it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Ligne = Mapping[str, Any]

# Figures of a stored line that the ARS brings, then those that are computed from them.
APPORTES = (
    "promotion",
    "rang_local",
    "effectif_local",
    "semestres_valides",
    "surnombres_non_validants",
    "semestres_recherche",
)
CALCULES = ("anciennete", "promotion_theorique", "effectif_theorique", "rang_affiche")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChiffreChange:
    """One figure that differs; None is a figure that one of the versions does not have."""

    champ: str
    avant: Any
    apres: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Ecart:
    """One interne between two versions; `avant` is None for somebody added, `apres` for somebody removed.

    `apportes`: what the ARS changed about him; `calcules`: what followed from it, or from others.
    With neither, his figures are the same and others passed before or after him.
    """

    ine: str
    nom: str
    avant: int | None
    apres: int | None
    apportes: tuple[ChiffreChange, ...] = ()
    calcules: tuple[ChiffreChange, ...] = ()

    @property
    def moved(self) -> bool:
        return self.avant != self.apres

    @property
    def is_cause(self) -> bool:
        """Something was changed about him; the others only follow."""
        return bool(self.apportes) or self.avant is None or self.apres is None


def compare_versions(avant: Iterable[Ligne], apres: Iterable[Ligne]) -> tuple[Ecart, ...]:
    """Whoever does not read the same figures, those who were changed first, then in the new order."""
    anciennes = {ligne["ine"]: ligne for ligne in avant}
    nouvelles = {ligne["ine"]: ligne for ligne in apres}
    ecarts = [
        ecart
        for ine in {**nouvelles, **anciennes}
        if (ecart := compare_lignes(ine, anciennes.get(ine), nouvelles.get(ine))) is not None
    ]
    return tuple(sorted(ecarts, key=lambda e: (not e.is_cause, e.apres or e.avant or 0)))


def count_changes(ecarts: Sequence[Ecart]) -> int:
    """Whose own figures changed; where nobody's did (a birth date, a setting), all who read another line."""
    return sum(ecart.is_cause for ecart in ecarts) or len(ecarts)


def compare_lignes(ine: str, avant: Ligne | None, apres: Ligne | None) -> Ecart | None:
    """None when nothing that he reads of himself differs."""
    lue = apres or avant or {}
    ecart = Ecart(
        ine=ine,
        nom=f"{lue.get('prenom', '')} {lue.get('nom', '')}".strip(),
        avant=avant["rang"] if avant else None,
        apres=apres["rang"] if apres else None,
        apportes=_changes(APPORTES, avant, apres),
        calcules=_changes(CALCULES, avant, apres),
    )
    return ecart if ecart.moved or ecart.apportes or ecart.calcules else None


def _changes(champs: Iterable[str], avant: Ligne | None, apres: Ligne | None) -> tuple[ChiffreChange, ...]:
    if avant is None or apres is None:
        return ()
    return tuple(
        ChiffreChange(champ=champ, avant=avant.get(champ), apres=apres.get(champ))
        for champ in champs
        if avant.get(champ) != apres.get(champ)
    )
