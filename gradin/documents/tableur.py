"""Tables as files: XLSX and CSV in which no cell can ever be a formula."""

import csv
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO

import xlsxwriter
from xlsxwriter.format import Format

LARGEUR_MAXIMALE = 48
FORMULE = ("=", "+", "-", "@", "\t", "\r")
# XML 1.0 has no place for these, whatever the cell.
INVISIBLES = dict.fromkeys(i for i in range(32) if i not in (9, 10, 13))
Ligne = Sequence[str]


def write_xlsx(
    feuille: str, entetes: Ligne, lignes: Iterable[Ligne], edition: Sequence[tuple[str, str]] = ()
) -> bytes:
    """One sheet, every cell a text, headings frozen and filtered, columns as wide as their words.

    `edition`: (label, value) of what the file is, on a sheet of its own.
    """
    corps = [[texte.translate(INVISIBLES) for texte in ligne] for ligne in lignes]
    tampon = BytesIO()
    classeur = xlsxwriter.Workbook(tampon, {"in_memory": True})
    page = classeur.add_worksheet(feuille[:31])
    gras = classeur.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    for colonne, entete in enumerate(entetes):
        page.write_string(0, colonne, entete, gras)
        page.set_column(colonne, colonne, _width(entete, corps, colonne))
    for rang, ligne in enumerate(corps, start=1):
        for colonne, texte in enumerate(ligne):
            # An empty cell is not written: a third of a file of the ARS is made of them.
            if texte:
                page.write_string(rang, colonne, texte)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(1, len(corps)), len(entetes) - 1)
    if edition:
        _write_edition(classeur, edition, gras)
    classeur.close()
    return tampon.getvalue()


def _write_edition(classeur: xlsxwriter.Workbook, edition: Sequence[tuple[str, str]], gras: Format) -> None:
    page = classeur.add_worksheet("Édition")
    page.set_column(0, 0, 24)
    page.set_column(1, 1, 72)
    for rang, (nom, valeur) in enumerate(edition):
        page.write_string(rang, 0, nom, gras)
        page.write_string(rang, 1, valeur.translate(INVISIBLES))


def write_csv(entetes: Ligne, lignes: Iterable[Ligne]) -> bytes:
    """For French spreadsheets: `;` and a byte order mark; a quote disarms what would be a formula."""
    tampon = StringIO(newline="")
    plume = csv.writer(tampon, delimiter=";")
    plume.writerow(entetes)
    plume.writerows([_disarm(texte) for texte in ligne] for ligne in lignes)
    return tampon.getvalue().encode("utf-8-sig")


def _disarm(texte: str) -> str:
    return f"'{texte}" if texte.startswith(FORMULE) else texte


def _width(entete: str, lignes: Sequence[Ligne], colonne: int) -> int:
    return min(LARGEUR_MAXIMALE, 2 + max(len(entete), *(len(ligne[colonne]) for ligne in lignes), 0))
