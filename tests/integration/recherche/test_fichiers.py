"""The list as a file: all that was found, and no cell that a spreadsheet would run."""

import csv
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.test import Client

from gradin.data.postes.models import Poste

pytestmark = pytest.mark.django_db
PIEGES = ('=HYPERLINK("x")', "+1+1", "-2", "@SUM(A1)", "\t=1", "\r=1")


def test_the_workbook_holds_every_poste_found_as_text(client: Client, offre: None) -> None:
    Poste.objects.filter(numero="1").update(flechage=PIEGES[0])
    reponse = client.get("/postes/", {"format": "xlsx", "q": "cardio"})
    assert 'attachment; filename="postes-2027-05-' in reponse["Content-Disposition"]
    feuille = openpyxl.load_workbook(BytesIO(reponse.content)).active
    entetes, ligne = list(feuille.iter_rows(values_only=True))
    lue = dict(zip(entetes, ligne, strict=True))
    assert lue["Numéro"] == "1" and lue["Fléchage"] == PIEGES[0] and lue["État"] == "Non pourvu"
    assert {cellule.data_type for cellule in feuille[2] if cellule.value is not None} == {"s"}


@pytest.mark.parametrize("piege", PIEGES)
def test_the_csv_disarms_what_would_be_a_formula(client: Client, offre: None, piege: str) -> None:
    Poste.objects.filter(numero="1").update(flechage=piege)
    reponse = client.get("/postes/", {"format": "csv", "numero": "1"})
    lignes = list(csv.DictReader(StringIO(reponse.content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert [ligne["Fléchage"] for ligne in lignes] == [f"'{piege}"]


def test_a_sign_that_xml_cannot_hold_breaks_no_workbook(client: Client, offre: None) -> None:
    Poste.objects.filter(numero="1").update(flechage="a\x0bb")
    feuille = openpyxl.load_workbook(BytesIO(client.get("/postes/?format=xlsx").content)).active
    assert "ab" in {cellule.value for ligne in feuille for cellule in ligne}
