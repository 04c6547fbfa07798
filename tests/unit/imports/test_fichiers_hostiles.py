"""Files made to harm are refused before they cost anything, with a way to save a sound one."""

import io
import random
import struct
import zipfile
from datetime import date

import openpyxl
import pytest

from gradin.operations.imports.anomalies import FichierRefuse
from gradin.operations.imports.fichiers.archive import DEPLIE_MAX, is_bomb
from gradin.operations.imports.fichiers.feuille import BALISES_MAX, XmlRefuse, walk_feuille
from gradin.operations.imports.fichiers.lecture import read_contenu, read_fichier
from gradin.operations.imports.fichiers.tableau import TAILLE_MAX
from tests.factories.fichiers import INTERNE, rewrite_membre, write_xlsx

FEUILLE = "xl/worksheets/sheet1.xml"


@pytest.fixture
def classeur(tmp_path):
    return write_xlsx(tmp_path / "internes.xlsx", [INTERNE])


def refusal(chemin):
    with pytest.raises(FichierRefuse) as caught:
        read_fichier(chemin)
    return caught.value.anomalies


def add_membre(chemin, nom, contenu=b"x"):
    with zipfile.ZipFile(chemin, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(nom, contenu)
    return chemin


def test_sound_workbook_is_read(classeur):
    tableau = read_fichier(classeur)
    assert tableau.feuille == "Feuille1"
    assert tableau.lignes[1][0] == "0470000001EJ"
    assert tableau.lignes[1][4] == date(1997, 3, 10)


@pytest.mark.parametrize("formule", ["=1+1", '=HYPERLINK("http://exemple.fr")', "=Feuille2!A1"])
def test_formula_is_refused_with_its_cell(tmp_path, formule):
    chemin = tmp_path / "formule.xlsx"
    document = openpyxl.load_workbook(write_xlsx(chemin, [INTERNE, INTERNE]))
    document.active["O3"] = formule
    document.save(chemin)
    (anomalie,) = refusal(chemin)
    assert (anomalie.feuille, anomalie.ligne, anomalie.cellule) == ("Feuille1", 3, "O3")
    assert "valeurs" in anomalie.message


def test_formula_of_another_sheet_is_refused_too(tmp_path):
    chemin = tmp_path / "formule.xlsx"
    document = openpyxl.load_workbook(write_xlsx(chemin, [INTERNE]))
    document.create_sheet("Calculs")["A1"] = "=1+1"
    document.save(chemin)
    (anomalie,) = refusal(chemin)
    assert (anomalie.feuille, anomalie.cellule) == ("Calculs", "A1")


@pytest.mark.parametrize(
    "entites",
    [
        b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]>',
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd">',
        b'<!DOCTYPE a [<!ENTITY % x SYSTEM "http://exemple.fr/x"> %x;]>',
    ],
)
@pytest.mark.parametrize("membre", [FEUILLE, "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"])
def test_document_type_and_entities_are_refused(classeur, membre, entites):
    def insert(contenu):
        tete, _, corps = contenu.partition(b"?>")
        return tete + b"?>" + entites + corps if corps else entites + contenu

    (anomalie,) = refusal(rewrite_membre(classeur, membre, insert))
    assert "anormal" in anomalie.message


def test_broken_xml_is_refused(classeur):
    assert refusal(rewrite_membre(classeur, FEUILLE, lambda contenu: contenu[:-30]))


@pytest.mark.parametrize(
    "nom", ["../../etc/cron.d/x", "/etc/passwd", "xl/../../x.xml", "C:/x.xml", "xl\\..\\x.xml"]
)
def test_member_that_leaves_the_archive_is_refused(classeur, nom):
    (anomalie,) = refusal(add_membre(classeur, zipfile.ZipInfo(nom)))
    assert "suspect" in anomalie.message


def test_symbolic_link_is_refused(classeur):
    lien = zipfile.ZipInfo("xl/lien.xml")
    lien.external_attr = 0o120777 << 16
    (anomalie,) = refusal(add_membre(classeur, lien, b"/etc/passwd"))
    assert "suspect" in anomalie.message


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_doubled_member_is_refused(classeur):
    (anomalie,) = refusal(add_membre(classeur, FEUILLE, b"<worksheet/>"))
    assert "deux fois" in anomalie.message


def test_macros_are_refused(classeur):
    (anomalie,) = refusal(add_membre(classeur, "xl/vbaProject.bin"))
    assert "macros" in anomalie.message


def test_macro_workbook_is_refused_by_its_type(classeur):
    def declare(contenu):
        return contenu.replace(b"spreadsheetml.sheet.main", b"sheet.macroEnabled.main")

    (anomalie,) = refusal(rewrite_membre(classeur, "[Content_Types].xml", declare))
    assert "macros" in anomalie.message


def test_bomb_is_refused_by_what_it_unpacks_to(classeur):
    add_membre(classeur, "xl/media/bombe.xml", b"\0" * (DEPLIE_MAX + 1))
    (anomalie,) = refusal(classeur)
    assert "démesuré" in anomalie.message


def test_bomb_in_many_members_is_refused_by_their_sum(classeur):
    bruit = b"".join(bytes([octet]) * 16 for octet in random.Random(1).randbytes(256 * 1024))
    for n in range(13):
        add_membre(classeur, f"xl/media/{n}.bin", bruit)
    (anomalie,) = refusal(classeur)
    assert "démesuré" in anomalie.message


def test_lying_header_does_not_hide_a_bomb(classeur):
    add_membre(classeur, "xl/media/bombe.xml", b"\0" * (8 * 1024 * 1024))
    contenu = bytearray(classeur.read_bytes())
    place = contenu.rfind(b"PK\x01\x02")
    contenu[place + 24 : place + 28] = struct.pack("<L", 10)
    with pytest.raises(FichierRefuse):
        read_contenu("menteur.xlsx", bytes(contenu))


def test_ratio_is_judged_only_on_large_members():
    assert not is_bomb(900_000, 1)
    assert is_bomb(2_000_000, 10_000)
    assert not is_bomb(2_000_000, 100_000)


def test_too_many_members_are_refused_before_being_listed(tmp_path):
    chemin = tmp_path / "entrees.xlsx"
    with zipfile.ZipFile(chemin, "w") as archive:
        for n in range(1_001):
            archive.writestr(f"{n}.xml", b"")
    (anomalie,) = refusal(chemin)
    assert "trop d’éléments" in anomalie.message


def test_cell_at_the_end_of_the_world_is_refused(classeur):
    def stretch(contenu):
        loin = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
        return contenu.replace(b"</sheetData>", loin)

    (anomalie,) = refusal(rewrite_membre(classeur, FEUILLE, stretch))
    assert "démesuré" in anomalie.message


def test_flood_of_tags_is_refused():
    with pytest.raises(XmlRefuse, match="balises"):
        walk_feuille(b"<worksheet>" + b"<x/>" * (BALISES_MAX + 1) + b"</worksheet>")


def test_flood_of_sheets_is_refused(classeur):
    flot = b"<sheet/>" * 200_000
    (anomalie,) = refusal(
        rewrite_membre(
            classeur, "xl/workbook.xml", lambda contenu: contenu.replace(b"</sheets>", flot + b"</sheets>")
        )
    )
    assert "démesuré" in anomalie.message or "trop de feuilles" in anomalie.message


def test_large_surface_is_refused_whatever_the_order_of_its_cells(classeur):
    def stretch(contenu):
        loin = (
            b'<row r="900000"><c r="A900000"><v>1</v></c></row>'
            b'<row r="9"><c r="SF9"><v>1</v></c></row></sheetData>'
        )
        return contenu.replace(b"</sheetData>", loin)

    assert refusal(rewrite_membre(classeur, FEUILLE, stretch))


def test_file_over_the_limit_is_refused_by_its_size(tmp_path):
    chemin = tmp_path / "gros.xlsx"
    with chemin.open("wb") as flux:
        flux.truncate(TAILLE_MAX + 1)
    (anomalie,) = refusal(chemin)
    assert "20 Mo" in anomalie.message


@pytest.mark.parametrize(
    ("contenu", "mot"),
    [
        (b"", "vide"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 100, "ancien format"),
        (b"%PDF-1.7", "PDF"),
        (b"PK\x03\x04 tronque", "incomplet"),
        (b"une seule colonne\nx\n", "séparateur"),
        (b'a;b\n"jamais ferme;x\n', "guillemets"),
        (b"\xff\xfea", "encodage"),
    ],
)
def test_what_is_no_table_is_refused_with_its_remedy(contenu, mot):
    with pytest.raises(FichierRefuse, match=mot):
        read_contenu("fichier", contenu)


def test_zip_that_is_no_workbook_is_refused():
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as zipped:
        zipped.writestr("content.xml", "<a/>")
    with pytest.raises(FichierRefuse, match="classeur Excel"):
        read_contenu("tableur.ods", archive.getvalue())


def test_missing_file_is_told(tmp_path):
    (anomalie,) = refusal(tmp_path / "absent.xlsx")
    assert "n’existe pas" in anomalie.message
