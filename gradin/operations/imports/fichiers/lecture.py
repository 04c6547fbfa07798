"""Open a file the ARS brings, whatever its kind, or refuse it with the way to save it again."""

from __future__ import annotations

from pathlib import Path

from gradin.operations.imports.anomalies import Anomalie, FichierRefuse
from gradin.operations.imports.fichiers.classeur import read_classeur
from gradin.operations.imports.fichiers.tableau import TAILLE_MAX, Tableau
from gradin.operations.imports.fichiers.texte import read_texte

ZIP = b"PK"
ANCIEN_EXCEL = b"\xd0\xcf\x11\xe0"
PDF = b"%PDF"
CLASSEURS = (".xlsx", ".xlsm", ".xls")


def read_fichier(chemin: Path) -> Tableau:
    """Read a file of the disk; its size is looked at before its content."""
    if not chemin.is_file():
        raise FichierRefuse(
            Anomalie(feuille=chemin.name, message="ce fichier n’existe pas. Vérifiez son nom et son dossier.")
        )
    check_taille(chemin.name, chemin.stat().st_size)
    return read_contenu(chemin.name, chemin.read_bytes())


def read_contenu(nom: str, contenu: bytes) -> Tableau:
    """Read a file received as bytes; its content decides its kind, never its name alone."""
    check_taille(nom, len(contenu))
    if contenu.startswith(ZIP):
        return read_classeur(nom, contenu)
    if contenu.startswith((ANCIEN_EXCEL, PDF)):
        raise FichierRefuse(
            Anomalie(
                feuille=nom,
                message="ancien format, fichier protégé par un mot de passe ou PDF. "
                "Enregistrez-le au format .xlsx sans mot de passe, ou en .csv.",
            )
        )
    if nom.lower().endswith(CLASSEURS):
        raise FichierRefuse(
            Anomalie(
                feuille=nom,
                message="ce fichier porte le nom d’un classeur Excel, mais n’en est pas un. "
                "Ouvrez-le dans votre tableur, puis enregistrez-le au format .xlsx ou .csv.",
            )
        )
    return read_texte(nom, contenu)


def check_taille(nom: str, taille: int) -> None:
    if taille > TAILLE_MAX:
        raise FichierRefuse(
            Anomalie(
                feuille=nom,
                message=f"le fichier dépasse {TAILLE_MAX // 1024 // 1024} Mo. "
                "Retirez images et feuilles inutiles, ou enregistrez-le en .csv.",
            )
        )
    if taille == 0:
        raise FichierRefuse(Anomalie(feuille=nom, message="le fichier est vide. Choisissez-en un autre."))
