"""A sheet as rows of plain values, whatever the file was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeAlias

from gradin.operations.imports.anomalies import Anomalie

Valeur: TypeAlias = str | int | float | bool | date | datetime | time | timedelta | None

TAILLE_MAX = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Tableau:
    """`lignes` keeps the headers as its first row; the row at index i is line i + 1 of the sheet."""

    feuille: str
    lignes: tuple[tuple[Valeur, ...], ...]
    masquees: int = 0
    avertissements: tuple[Anomalie, ...] = ()
