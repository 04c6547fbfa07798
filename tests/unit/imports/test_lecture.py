"""Encodings, separators, hidden rows: the same table comes out."""

import openpyxl
import pytest

from gradin.operations.imports.fichiers.lecture import read_contenu, read_fichier
from tests.factories.fichiers import INTERNE, write_csv, write_xlsx


@pytest.mark.parametrize("separateur", [";", ",", "\t"])
@pytest.mark.parametrize("encodage", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "mac_roman"])
def test_every_encoding_and_separator_gives_the_same_table(tmp_path, separateur, encodage):
    chemin = write_csv(tmp_path / "f.csv", [INTERNE], separateur=separateur, encodage=encodage)
    lignes = read_fichier(chemin).lignes
    assert lignes[0][:4] == ("INE", "RPPS", "Nom", "Prénom")
    assert lignes[1][3] == "Raphaël"


@pytest.mark.parametrize(
    ("encodage", "alertes"), [("utf-8", 0), ("utf-16", 0), ("cp1252", 1), ("mac_roman", 1)]
)
def test_guessed_encoding_is_told(tmp_path, encodage, alertes):
    chemin = write_csv(tmp_path / "f.csv", [INTERNE], encodage=encodage)
    assert len(read_fichier(chemin).avertissements) == alertes


def test_quoted_newline_stays_in_its_cell_and_rows_keep_their_number():
    contenu = b'a;b\n"deux\nlignes";"x;y"\nfin;"dit ""oui"""\n'
    assert read_contenu("f.csv", contenu).lignes == (
        ("a", "b"),
        ("deux\nlignes", "x;y"),
        ("fin", 'dit "oui"'),
    )


def test_quoted_header_with_separators_does_not_mislead():
    contenu = b'nom;"ville, pays, code";rang\nx;y;1\n'
    assert read_contenu("f.csv", contenu).lignes[0] == ("nom", "ville, pays, code", "rang")


def test_hidden_rows_are_read_and_counted(tmp_path):
    chemin = write_xlsx(tmp_path / "f.xlsx", [INTERNE, INTERNE, INTERNE])
    document = openpyxl.load_workbook(chemin)
    document.active.row_dimensions[3].hidden = True
    document.save(chemin)
    tableau = read_fichier(chemin)
    assert (len(tableau.lignes), tableau.masquees) == (4, 1)


def test_first_visible_sheet_is_read_and_the_others_are_told(tmp_path):
    chemin = write_xlsx(tmp_path / "f.xlsx", [INTERNE])
    document = openpyxl.load_workbook(chemin)
    cachee = document.create_sheet("Ancienne", 0)
    cachee["A1"] = "vieux"
    cachee.sheet_state = "hidden"
    document.create_sheet("Notes")["A1"] = "note"
    document.save(chemin)
    tableau = read_fichier(chemin)
    assert tableau.feuille == "Feuille1"
    assert [(a.feuille, "masquée" in a.message) for a in tableau.avertissements] == [
        ("Ancienne", True),
        ("Notes", False),
    ]


def test_merged_cells_are_told(tmp_path):
    chemin = write_xlsx(tmp_path / "f.xlsx", [INTERNE, INTERNE])
    document = openpyxl.load_workbook(chemin)
    document.active.merge_cells("J2:J3")
    document.save(chemin)
    assert "fusionnées" in read_fichier(chemin).avertissements[0].message
