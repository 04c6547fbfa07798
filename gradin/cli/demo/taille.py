"""The two files of the demonstration at another size: thinned out evenly, or repeated with new identities."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

Ligne = list[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Colonnes:
    """Columns that identify a line, renewed at each repetition."""

    numeriques: tuple[str, ...] = ()
    textes: tuple[str, ...] = ()
    courriels: tuple[str, ...] = ()


INTERNES = Colonnes(textes=("INE", "RPPS"), courriels=("Courriel",))
POSTES = Colonnes(numeriques=("Numéro",))
DECALAGE = 10_000


def write_at_size(source: Path, cible: Path, part: float, colonnes: Colonnes) -> None:
    """`part`: 0.5 keeps one line out of two, 2 says each line twice."""
    classeur = CalamineWorkbook.from_path(str(source))
    entetes, *lignes = classeur.get_sheet_by_index(0).to_python()
    voulues = max(1, round(len(lignes) * part))
    with cible.open("w", encoding="utf-8", newline="") as sortie:
        ecrivain = csv.writer(sortie, delimiter=";")
        ecrivain.writerow(entetes)
        ecrivain.writerows(_pick([str(e) for e in entetes], lignes, voulues, colonnes))


def _pick(entetes: list[str], lignes: list[Ligne], voulues: int, colonnes: Colonnes) -> Iterator[Ligne]:
    total = len(lignes)
    if voulues <= total:
        yield from (_texts(lignes[i * total // voulues]) for i in range(voulues))
        return
    for i in range(voulues):
        yield _renew(entetes, _texts(lignes[i % total]), i // total, colonnes)


def _renew(entetes: list[str], ligne: Ligne, tirage: int, colonnes: Colonnes) -> Ligne:
    if tirage == 0:
        return ligne
    neuve = [*ligne]
    for nom in colonnes.numeriques:
        neuve[entetes.index(nom)] = str(int(ligne[entetes.index(nom)]) + tirage * DECALAGE)
    for nom in colonnes.textes:
        valeur = str(ligne[entetes.index(nom)])
        neuve[entetes.index(nom)] = f"{tirage}{valeur[len(str(tirage)) :]}" if valeur else ""
    for nom in colonnes.courriels:
        neuve[entetes.index(nom)] = str(ligne[entetes.index(nom)]).replace("@", f".{tirage}@")
    return neuve


def _texts(ligne: Ligne) -> Ligne:
    return [_text(valeur) for valeur in ligne]


def _text(valeur: Any) -> str:
    if isinstance(valeur, date):
        return valeur.strftime("%d/%m/%Y")
    if isinstance(valeur, float) and valeur.is_integer():
        return str(int(valeur))
    return str(valeur)
