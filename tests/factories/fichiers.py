"""Small files as the ARS brings them: rows in the words of the contract, written as XLSX or CSV."""

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

INTERNE: Mapping[str, Any] = {
    "INE": "0470000001EJ",
    "RPPS": "10807605897",
    "Nom": "Collin",
    "Prénom": "Raphaël",
    "Date de naissance": date(1997, 3, 10),
    "Courriel": "raphael.collin@exemple.fr",
    "Téléphone": "0681801034",
    "Formation": "Médecin",
    "Régime de formation": "Phase d'approfondissement",
    "Groupe": "2 - SPECIALITES MEDICALES",
    "DES": "EDN - Endocrinologie-diabétologie-nutrition",
    "UFR": "Lyon Sud",
    "Concours": "Médecine National",
    "Promotion": 2024,
    "Rang local": 1,
    "Effectif promo local": 82,
    "Semestres validés": 5,
    "Surnombres non validants": 0,
    "Semestres de recherche": 0,
    "Absence prévue": None,
    "Type de choix": "Classique",
}
POSTE: Mapping[str, Any] = {
    "Numéro": 2665,
    "Groupe": "2 - SPECIALITES MEDICALES",
    "DES": "EDN - Endocrinologie-diabétologie-nutrition",
    "Département": "01",
    "Établissement": "CH DE FLEYRIAT",
    "Ville": "Bourg-en-Bresse",
    "Service": "ENDOCRINOLOGIE",
    "Chef de service": "MEUNIER ANTOINE",
    "IMOTEP": "01000105",
    "Régime de formation": "Ancien régime/Phase approfondissement",
    "Type": "Hospitalier",
    "Réservé": "Non",
    "Fléchage": "Contrôle",
    "Observations": None,
}


def make_internes(nombre: int, **changes: Any) -> list[dict[str, Any]]:
    """Internes of distinct INE and rank; `changes` go to all of them (keys as in INTERNE)."""
    return [
        {**INTERNE, "INE": f"{n:010d}EJ", "Nom": f"Collin{n}", "Rang local": n, "Courriel": None, **changes}
        for n in range(1, nombre + 1)
    ]


def make_postes(nombre: int, **changes: Any) -> list[dict[str, Any]]:
    """Postes of distinct numbers, one service each."""
    return [
        {**POSTE, "Numéro": 100 + n, "IMOTEP": f"{1_000_000 + n:08d}", "Service": f"SERVICE {n}", **changes}
        for n in range(1, nombre + 1)
    ]


def write_xlsx(chemin: Path, lignes: Sequence[Mapping[str, Any]]) -> Path:
    """One sheet; headers are the keys of the first row."""
    classeur = openpyxl.Workbook()
    feuille = classeur.active
    feuille.title = "Feuille1"
    feuille.append(list(lignes[0]))
    for ligne in lignes:
        feuille.append(list(ligne.values()))
    classeur.save(chemin)
    return chemin


def write_csv(
    chemin: Path, lignes: Sequence[Mapping[str, Any]], *, separateur: str = ";", encodage: str = "utf-8"
) -> Path:
    """Dates as dd/mm/yyyy, as a French spreadsheet saves them."""
    texte = io.StringIO()
    table = csv.writer(texte, delimiter=separateur)
    table.writerow(list(lignes[0]))
    table.writerows([[_show(valeur) for valeur in ligne.values()] for ligne in lignes])
    chemin.write_bytes(texte.getvalue().encode(encodage))
    return chemin


def rewrite_membre(chemin: Path, membre: str, change: Any) -> Path:
    """The same workbook with one member of its zip changed (`change`: bytes → bytes)."""
    with zipfile.ZipFile(chemin) as archive:
        membres = {info.filename: archive.read(info) for info in archive.infolist()}
    membres[membre] = change(membres.get(membre, b""))
    with zipfile.ZipFile(chemin, "w", zipfile.ZIP_DEFLATED) as archive:
        for nom, contenu in membres.items():
            archive.writestr(nom, contenu)
    return chemin


def _show(valeur: Any) -> str:
    if valeur is None:
        return ""
    return valeur.strftime("%d/%m/%Y") if isinstance(valeur, date) else str(valeur)
