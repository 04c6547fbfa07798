"""A workbook of several sheets in which a number is a number; a text is never a formula."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format

from gradin.documents.tableur import INVISIBLES, LARGEUR_MAXIMALE

Cellule = str | int | float | None
NOM_MAXIMAL = 31


@dataclass(frozen=True, slots=True, kw_only=True)
class Feuille:
    """`nom` is the tab's; `titre`: a sentence above the table that says what the figures are."""

    nom: str
    titre: str
    entetes: Sequence[str]
    lignes: Sequence[Sequence[Cellule]]


def write_classeur(feuilles: Sequence[Feuille]) -> bytes:
    tampon = BytesIO()
    classeur = xlsxwriter.Workbook(tampon, {"in_memory": True})
    gras = classeur.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    for feuille in feuilles:
        _write(classeur, feuille, gras)
    classeur.close()
    return tampon.getvalue()


def _write(classeur: xlsxwriter.Workbook, feuille: Feuille, gras: Format) -> None:
    """The table begins on the third row; its headings stay in sight."""
    page = classeur.add_worksheet(feuille.nom[:NOM_MAXIMAL])
    page.write_string(0, 0, feuille.titre.translate(INVISIBLES))
    for colonne, entete in enumerate(feuille.entetes):
        page.write_string(2, colonne, entete, gras)
        page.set_column(colonne, colonne, _width(feuille, colonne))
    for rang, ligne in enumerate(feuille.lignes, start=3):
        for colonne, cellule in enumerate(ligne):
            if isinstance(cellule, str):
                page.write_string(rang, colonne, cellule.translate(INVISIBLES))
            elif cellule is not None:
                page.write_number(rang, colonne, cellule)
    page.freeze_panes(3, 1)
    page.autofilter(2, 0, 2 + max(1, len(feuille.lignes)), len(feuille.entetes) - 1)


def _width(feuille: Feuille, colonne: int) -> int:
    mots = (len(str(ligne[colonne])) for ligne in feuille.lignes if ligne[colonne] is not None)
    return min(LARGEUR_MAXIMALE, 2 + max(len(feuille.entetes[colonne]), *mots, 0))
