"""What PDF/UA-1 asks and a program can see; typst refuses the rest, a person must judge the words."""

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client
from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream

from gradin.data.amphis.models import Affectation, Amphi
from gradin.data.comptes.models import Compte
from tests.factories.comptes import make_agent
from tests.integration.attestations.conftest import CODE, make_pdf

pytestmark = pytest.mark.django_db
DESSIN = {b"Tj", b"TJ", b"'", b'"', b"Do", b"f", b"f*", b"S", b"s", b"B", b"sh"}


@pytest.fixture(params=["attestation", "proces-verbal"])
def pdf(request: pytest.FixtureRequest, amphi: Amphi) -> PdfReader:
    if request.param == "attestation":
        return PdfReader(BytesIO(make_pdf(Affectation.objects.get(amphi=amphi).pk, code=CODE)))
    client = Client()
    client.force_login(
        Compte.objects.get(pk=make_agent(amphi.subdivision).compte),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    return PdfReader(BytesIO(client.get(f"/regie/amphis/{amphi.pk}/proces-verbal.pdf").content))


def elements(element: Any) -> Iterator[Any]:
    """The tree that a screen reader walks, in its order."""
    yield element
    enfants = element.get("/K", [])
    for enfant in enfants if isinstance(enfants, list) else [enfants]:
        dedans = enfant.get_object()
        if isinstance(dedans, dict) and "/S" in dedans:
            yield from elements(dedans)


def drawn_outside_a_mark(page: PageObject) -> list[bytes]:
    """Operators that draw something of which no tag, nor « artifact », says what it is."""
    dehors, profondeur = [], 0
    for _, operateur in ContentStream(page.get_contents(), page.pdf).operations:
        if operateur in (b"BDC", b"BMC"):
            profondeur += 1
        elif operateur == b"EMC":
            profondeur -= 1
        elif operateur in DESSIN and profondeur == 0:
            dehors.append(operateur)
    return dehors


def test_it_is_named_in_french_and_wholly_tagged(pdf: PdfReader) -> None:
    catalog: Any = pdf.trailer["/Root"]
    assert (catalog["/Lang"], catalog["/MarkInfo"]["/Marked"]) == ("fr-FR", True)
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.xmp_metadata and pdf.xmp_metadata.dc_title
    assert b"<pdfuaid:part>1<" in catalog["/Metadata"].get_data()
    for page in pdf.pages:
        assert drawn_outside_a_mark(page) == []
        assert "/StructParents" in page
        assert "/Annots" not in page or page["/Tabs"] == "/S"


def test_headings_tables_pictures_and_links_can_be_read_aloud(pdf: PdfReader) -> None:
    catalog: Any = pdf.trailer["/Root"]
    tous = list(elements(catalog["/StructTreeRoot"]))
    titres = [int(un["/S"][2]) for un in tous if re.fullmatch(r"/H\d", str(un.get("/S")))]
    assert titres[0] == 1
    assert all(suivant <= titre + 1 for titre, suivant in pairwise(titres))
    assert all(un.get("/Alt") for un in tous if un.get("/S") == "/Figure")
    entetes = [un for un in tous if un.get("/S") == "/TH"]
    assert entetes
    assert all("/Scope" in str(un.get("/A")) for un in entetes)
    for page in pdf.pages:
        for annotation in (une.get_object() for une in page.get("/Annots", [])):
            assert annotation["/Contents"]
            assert "/StructParent" in annotation


def test_every_font_is_inside_and_its_signs_are_characters(pdf: PdfReader) -> None:
    for page in pdf.pages:
        ressources: Any = page["/Resources"]
        for police in (une.get_object() for une in ressources["/Font"].values()):
            descripteur = police["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            assert {"/FontFile2", "/FontFile3"} & descripteur.keys()
            assert "/ToUnicode" in police
