"""What one parameter is, and where an amphi's stored settings hold it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Nature(StrEnum):
    """How it is written. Durations are stored in ms and written in seconds."""

    SECONDES = "secondes"
    ENTIER = "entier"
    LIMITE = "limite"
    OUI_NON = "oui_non"
    CHOIX = "choix"
    PLAGES = "plages"
    JOURS = "jours"
    EFFECTIFS = "effectifs"
    CODES = "codes"


class Fige(StrEnum):
    """From when it changes no more by a setting: never, the published list, the start."""

    JAMAIS = "jamais"
    PUBLICATION = "publication"
    DEPART = "depart"


class Famille(StrEnum):
    """Sections of the page; the value is their title."""

    SESSIONS = "Sessions et dates"
    RANGS = "Liste d’appel"
    TOUR = "Le tour"
    SURNOMBRES = "Surnombres et parcours"
    DEROULEMENT = "Déroulement"
    NOMS = "Noms publics"
    OUVERTURE = "Postes nécessaires"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reglage:
    """`cle`: its place in the stored settings, « rang.plafond » inside « rang ».

    `defaut`: as stored. `bornes`: of what is written, both included.
    """

    cle: str
    mots: str
    sens: str
    nature: Nature
    defaut: Any
    famille: Famille
    fige: Fige = Fige.DEPART
    choix: tuple[tuple[str, str], ...] = ()
    bornes: tuple[int, int] = (0, 100_000)
    unite: str = ""

    @property
    def nom(self) -> str:
        """The name of its field in a form."""
        return self.cle.replace(".", "_")


def valeur_of(parametres: Mapping[str, Any], reglage: Reglage) -> Any:
    """What is stored, else the default."""
    lu: Any = parametres
    for part in reglage.cle.split("."):
        if not isinstance(lu, Mapping) or part not in lu:
            return reglage.defaut
        lu = lu[part]
    return lu


def with_valeur(parametres: Mapping[str, Any], reglage: Reglage, valeur: Any) -> dict[str, Any]:
    """The same settings with this one; nothing else moves."""
    premier, _, reste = reglage.cle.partition(".")
    if not reste:
        return {**parametres, premier: valeur}
    return {**parametres, premier: {**parametres.get(premier, {}), reste: valeur}}
