"""One's own attestation, the second after the choice, and nobody else's."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from gradin.data.amphis.models import Affectation, Amphi
from gradin.data.attestations.models import Attestation
from gradin.documents.attestation import donnees_of, enonces_of
from gradin.documents.imprimerie import Imprimerie, compose, drawable
from gradin.queries.attestations import read_attestation
from tests.factories.amphis import T0
from tests.integration.attestations.conftest import CODE, catalog_of, issue, make_pdf, text_of

pytestmark = pytest.mark.django_db
Connexion = Callable[[int], Client]
PDF = "/mes-attestations/2027-05.pdf"
HOSTILES = (
    '#link("https://mal.example")[ici]',
    "<script>alert(1)</script>",
    '"); #read("/etc/passwd") //',
    "*gras* _x_ $x^2$ @ref `code` \\ «\u202ffin\u202f»",
    "{{ 7*7 }} {% load x %}",
    "Zoé 🦊 \u202egro\u0000 \ud800",
)


def roles_of(element: Any) -> set[str]:
    """Every role of the tree that a screen reader walks."""
    enfants = element.get("/K", [])
    liste = enfants if isinstance(enfants, list) else [enfants]
    dessous = [roles_of(un.get_object()) for un in liste if isinstance(un.get_object(), dict)]
    return {str(element.get("/S"))}.union(*dessous)


def test_it_is_there_the_second_after_the_choice(sign_in: Connexion) -> None:
    page = sign_in(1).get("/mes-attestations/").content.decode()
    assert "Semestre de mai 2027" in page
    reponse = sign_in(1).get(PDF)
    assert reponse.status_code == 200
    assert reponse["Content-Type"] == "application/pdf"
    assert reponse.content.startswith(b"%PDF-1.7")


@pytest.mark.parametrize("chemin", [PDF, "/api/v1" + PDF])
def test_anothers_attestation_is_as_absent_as_one_that_never_was(sign_in: Connexion, chemin: str) -> None:
    other, absent = sign_in(2).get(chemin), sign_in(1).get(chemin.replace("2027-05", "2031-11"))
    assert (other.status_code, absent.status_code) == (404, 404)
    assert not Attestation.objects.exists()


def test_a_stranger_is_sent_to_sign_in(client: Client, amphi: Amphi) -> None:
    assert client.get(PDF)["Location"].startswith("/connexion/")


def test_the_api_lists_them_with_the_address_of_the_pdf(sign_in: Connexion) -> None:
    lues = sign_in(1).get("/api/v1/mes-attestations").json()
    assert [(lue["semestre"], lue["poste"]) for lue in lues] == [("2027-05", "2")]
    assert sign_in(1).get(lues[0]["pdf"]).content.startswith(b"%PDF")
    assert sign_in(2).get("/api/v1/mes-attestations").json() == []


def test_it_is_tagged_french_and_says_its_standards(affectation: Affectation) -> None:
    pdf = make_pdf(affectation.pk, code=CODE)
    catalog = catalog_of(pdf)
    assert (catalog["/Lang"], catalog["/MarkInfo"]["/Marked"]) == ("fr-FR", True)
    for mark in (b"<pdfuaid:part>1<", b"<pdfaid:part>2<", b"<pdfaid:conformance>A<"):
        assert mark in pdf
    roles = roles_of(catalog["/StructTreeRoot"])
    assert {"/H1", "/H2", "/P", "/Table", "/TH", "/TD", "/Figure", "/Link"} <= roles


def test_it_states_the_six_lines_the_dates_and_who_delivers_it(affectation: Affectation) -> None:
    enonces = dict(enonces_of(read_attestation(affectation.pk, CODE, "")))
    page = text_of(make_pdf(affectation.pk, code=CODE))
    for nom, valeur in enonces.items():
        assert " ".join(f"{nom} {valeur or '–'}".split()) in page
    assert enonces["Interne"] == str(affectation.interne)
    assert enonces["Semestre"] == "mai 2027, du 2\u00a0mai 2027 au 1er\u00a0novembre 2027"
    assert enonces["Délivrée par"].startswith("Agence régionale de santé, ")
    assert [
        nom.replace("\u00a0", " ") for nom in enonces if nom not in ("Interne", "Semestre", "Délivrée par")
    ] == [
        "Spécialité",
        "Établissement",
        "Service",
        "Chef de service",
        "N° poste",
        "Fléchage",
    ]


def test_the_type_de_choix_is_nowhere_in_it(affectation: Affectation) -> None:
    Affectation.objects.filter(pk=affectation.pk).update(type_choix="surnombre_validant")
    assert "surnombre" not in str(donnees_of(read_attestation(affectation.pk, CODE, "")))
    Affectation.objects.filter(pk=affectation.pk).update(type_choix="classique")


@pytest.mark.parametrize("nom", HOSTILES)
def test_a_name_is_never_markup(affectation: Affectation, nom: str) -> None:
    """What is read on the page is the name itself; the only address is that of the verification."""
    service = affectation.poste.service
    service.nom = nom.replace("\u0000", "").replace("\ud800", "")
    service.save()
    attestation = read_attestation(affectation.pk, CODE, "https://gradin.example/verification/x/")
    pdf = compose("attestation", donnees_of(attestation))
    annotations = [une.get_object() for une in PdfReader(BytesIO(pdf)).pages[0]["/Annots"]]
    assert {une["/A"]["/URI"] for une in annotations} == {"https://gradin.example/verification/x/"}
    assert "".join(drawable(service.nom).split()) in "".join(text_of(pdf).split())


def test_signs_that_no_font_draws_do_not_stop_a_page() -> None:
    assert drawable(HOSTILES[-1]) == "Zoé ? ?gro  ?"


def test_the_same_data_give_the_same_file(affectation: Affectation) -> None:
    assert make_pdf(affectation.pk, code=CODE) == make_pdf(affectation.pk, code="autre")
    assert Attestation.objects.get().code == CODE


def test_the_press_starts_again_when_its_child_dies() -> None:
    press = Imprimerie()
    press.run(bytes, b"%PDF")
    assert press._pool is not None
    for child in list(press._pool._processes.values()):
        child.kill()
        child.join()
    assert press.run(bytes, b"%PDF") == b"%PDF"
    press.close()


def test_a_corrected_name_gives_a_new_attestation_and_replaces_the_old(affectation: Affectation) -> None:
    first = issue(affectation.pk, code="un", maintenant=T0)
    assert issue(affectation.pk, code="deux", maintenant=T0 + 1).pk == first.pk
    affectation.interne.nom = "Corrigé"
    affectation.interne.save()
    second = issue(affectation.pk, code="deux", maintenant=T0 + 2)
    first.refresh_from_db()
    assert (first.revoked_at, second.revoked_at, second.code) == (T0 + 2, None, "deux")


def test_who_has_chosen_nothing_has_an_empty_page(sign_in: Connexion) -> None:
    assert "Aucune attestation" in sign_in(3).get("/mes-attestations/").content.decode()


@pytest.mark.usefixtures("amphi")
def test_no_document_is_made_by_a_choice() -> None:
    assert not Attestation.objects.exists()
