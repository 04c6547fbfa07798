"""What is wrong in a file, told with its place and its remedy; what was done with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gradin.operations.imports.comparaison import Difference


def write_colonne(indice: int) -> str:
    """Letters of a column, from 0: A, Z, AA."""
    lettres = ""
    reste = indice + 1
    while reste:
        reste, unite = divmod(reste - 1, 26)
        lettres = chr(ord("A") + unite) + lettres
    return lettres


@dataclass(frozen=True, slots=True, kw_only=True)
class Anomalie:
    """One thing to mend or to know. `ligne` counts from 1, headers included; 0 is the whole file.

    `cellule` is the reference in the sheet (« O12 »), `colonne` the header.
    """

    feuille: str
    message: str
    ligne: int = 0
    colonne: str = ""
    cellule: str = ""

    def __str__(self) -> str:
        place = f"Feuille « {self.feuille} »"
        if self.ligne:
            place += f", ligne {self.ligne}"
        if self.colonne:
            place += f", colonne « {self.colonne} »"
        if self.cellule:
            place += f" ({self.cellule})"
        return f"{place} : {self.message}"


class FichierRefuse(Exception):
    """Nothing was written; every anomaly found is told at once."""

    def __init__(self, *anomalies: Anomalie) -> None:
        super().__init__("\n".join(str(anomalie) for anomalie in anomalies))
        self.anomalies = anomalies


class DonneesChangees(FichierRefuse):
    """Somebody corrected the same rows between the comparison and the writing: to be compared again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RapportImport:
    """What an import did, or would do (`essai`)."""

    essai: bool
    lignes: int
    crees: int = 0
    modifies: int = 0
    referentiel: tuple[str, ...] = ()
    conflits: tuple[Anomalie, ...] = ()
    avertissements: tuple[Anomalie, ...] = ()
    colonnes_inconnues: tuple[str, ...] = ()
    lignes_masquees: int = 0
    nouveaux: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()
    absents: tuple[str, ...] = ()

    @property
    def inchanges(self) -> int:
        return self.lignes - self.crees - self.modifies

    @property
    def changements(self) -> int:
        return self.crees + self.modifies + len(self.referentiel)
