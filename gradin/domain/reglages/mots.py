"""A value of a parameter as a person reads it, and as she writes it."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, assert_never

from gradin.domain.reglages.modele import Nature, Reglage

PLAGE = re.compile(r"(\d{1,2})\s*[:h]\s*(\d{2})?\s*(?:-|–|à)\s*(\d{1,2})\s*[:h]\s*(\d{2})?")
JOUR = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
EFFECTIF = re.compile(r"(\d{4})\s*[=:]\s*(\d{1,5})")


class ValeurIllisible(ValueError):
    """What was written is no value: French, says how to write it."""


def write_valeur(reglage: Reglage, valeur: Any) -> Any:
    """As its field holds it."""
    match reglage.nature:
        case Nature.SECONDES:
            return valeur // 1000
        case Nature.ENTIER | Nature.LIMITE | Nature.OUI_NON | Nature.CHOIX:
            return valeur
        case Nature.PLAGES:
            return "\n".join(f"{_clock(debut)}-{_clock(fin)}" for debut, fin in valeur)
        case Nature.JOURS:
            return "\n".join(f"{date.fromisoformat(jour):%d/%m/%Y}" for jour in valeur)
        case Nature.CODES:
            return "\n".join(valeur)
        case Nature.EFFECTIFS:
            return "\n".join(f"{annee} = {effectif}" for annee, effectif in sorted(valeur.items()))
        case _:
            assert_never(reglage.nature)


def read_valeur(reglage: Reglage, ecrite: Any) -> Any:
    """As it is stored. Raises ValeurIllisible."""
    match reglage.nature:
        case Nature.SECONDES:
            return ecrite * 1000
        case Nature.ENTIER | Nature.LIMITE | Nature.OUI_NON | Nature.CHOIX:
            return ecrite
        case Nature.PLAGES:
            return [_read_plage(ligne) for ligne in _lines(ecrite)]
        case Nature.JOURS:
            return sorted(_read_jour(ligne) for ligne in _lines(ecrite))
        case Nature.CODES:
            return sorted({ligne.upper() for ligne in _lines(ecrite)})
        case Nature.EFFECTIFS:
            return dict(_read_effectif(ligne) for ligne in _lines(ecrite))
        case _:
            assert_never(reglage.nature)


def say_valeur(reglage: Reglage, valeur: Any) -> str:
    """In a sentence: « 90 s », « Oui », « de 09:00 à 12:30 »."""
    if reglage.nature is Nature.OUI_NON:
        return "oui" if valeur else "non"
    if reglage.nature is Nature.CHOIX:
        return dict(reglage.choix).get(valeur, str(valeur))
    if valeur in (None, [], {}):
        return "sans limite" if reglage.nature is Nature.LIMITE else "aucun"
    ecrite = str(write_valeur(reglage, valeur)).replace("\n", ", ")
    if not reglage.unite:
        return ecrite
    return f"{ecrite}\u00a0{reglage.unite if valeur not in (0, 1) else reglage.unite.rstrip('s') or 's'}"


def _lines(ecrite: str) -> list[str]:
    return [ligne.strip() for ligne in re.split(r"[\n,;]", ecrite) if ligne.strip()]


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _read_plage(ligne: str) -> list[int]:
    lue = PLAGE.fullmatch(ligne)
    if lue is None:
        raise ValeurIllisible(f"« {ligne} » n’est pas une plage. Écrivez par exemple 09:00-12:30.")
    heures = [int(lue[1]) * 60 + int(lue[2] or 0), int(lue[3]) * 60 + int(lue[4] or 0)]
    if int(lue[2] or 0) > 59 or int(lue[4] or 0) > 59:
        raise ValeurIllisible(f"« {ligne} » compte plus de 59 minutes. Écrivez par exemple 09:00-12:30.")
    return heures


def _read_jour(ligne: str) -> str:
    lu = JOUR.fullmatch(ligne)
    try:
        return date(int(lu[3]), int(lu[2]), int(lu[1])).isoformat() if lu else _not_a_day(ligne)
    except ValueError:
        return _not_a_day(ligne)


def _not_a_day(ligne: str) -> str:
    raise ValeurIllisible(f"« {ligne} » n’est pas un jour. Écrivez par exemple 05/04/2027.")


def _read_effectif(ligne: str) -> tuple[str, int]:
    lu = EFFECTIF.fullmatch(ligne)
    if lu is None or int(lu[2]) < 1:
        raise ValeurIllisible(f"« {ligne} » n’est pas un effectif. Écrivez par exemple 2024 = 150.")
    return lu[1], int(lu[2])
