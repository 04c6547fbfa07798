"""Match the headers of a file with the fields they stand for; order, case and accents are free."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from gradin.domain.texte import fold
from gradin.operations.imports.anomalies import Anomalie, FichierRefuse, write_colonne
from gradin.operations.imports.fichiers.tableau import Tableau, Valeur

HORS_MOTS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Colonne:
    """A header the ARS writes, and the field it fills; `aussi` are other names seen for it."""

    champ: str
    entete: str
    obligatoire: bool = False
    aussi: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entetes:
    """Where each field stands in this file (`places`: champ → index), and headers nobody knows."""

    places: Mapping[str, int]
    noms: Mapping[str, str]
    inconnues: tuple[str, ...]


def fold_mots(texte: str) -> str:
    """Words without case, accents, apostrophes or doubled spaces: « Prénom » → `prenom`."""
    return HORS_MOTS.sub(" ", fold(texte)).strip()


def match_colonnes(tableau: Tableau, attendues: tuple[Colonne, ...]) -> Entetes:
    """Find every expected column; a missing or doubled one refuses the file."""
    if not tableau.lignes:
        raise FichierRefuse(Anomalie(feuille=tableau.feuille, message="la feuille est vide."))
    champs = {fold_mots(nom): c for c in attendues for nom in (c.entete, *c.aussi)}
    places: dict[str, int] = {}
    inconnues: list[str] = []
    anomalies: list[Anomalie] = []
    for indice, entete in enumerate(tableau.lignes[0]):
        colonne = champs.get(fold_mots(str(entete or "")))
        if colonne is None:
            inconnues += [str(entete).strip()] if _is_filled(entete) else []
        elif colonne.champ in places:
            anomalies.append(_tell_double(tableau.feuille, colonne, indice))
        else:
            places[colonne.champ] = indice
    anomalies += [
        _tell_absente(tableau.feuille, c) for c in attendues if c.obligatoire and c.champ not in places
    ]
    if anomalies:
        raise FichierRefuse(*anomalies)
    return Entetes(places=places, noms={c.champ: c.entete for c in attendues}, inconnues=tuple(inconnues))


def _is_filled(entete: Valeur) -> bool:
    return entete is not None and str(entete).strip() != ""


def _tell_double(feuille: str, colonne: Colonne, indice: int) -> Anomalie:
    return Anomalie(
        feuille=feuille,
        ligne=1,
        colonne=colonne.entete,
        cellule=f"{write_colonne(indice)}1",
        message="cette colonne apparaît deux fois. Supprimez ou renommez celle qui est en trop.",
    )


def _tell_absente(feuille: str, colonne: Colonne) -> Anomalie:
    return Anomalie(
        feuille=feuille,
        ligne=1,
        colonne=colonne.entete,
        message="cette colonne manque. Ajoutez-la avec cet en-tête sur la première ligne.",
    )
