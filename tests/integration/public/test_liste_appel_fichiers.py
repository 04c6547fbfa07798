"""The call list as a file: each audience its columns, with the version, the hash and the date of the copy."""

import csv
from io import BytesIO, StringIO

import pytest
from django.test import Client
from openpyxl import load_workbook
from pypdf import PdfReader

from gradin.data.amphis.models import Amphi, ListeAppel
from gradin.data.comptes.models import Compte
from gradin.data.internes.models import Inscription
from tests.factories.amphis import T0, compte_of, make_amphi
from tests.factories.comptes import make_agent
from tests.factories.live import choose, start

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
DU_MANUEL = [
    "Rang d’appel",
    "Identité",
    "DES de gestion",
    "Ancienneté",
    "Promotion",
    "Effectif promo local",
    "Rang local",
    "Promotion théorique",
    "Effectif promo théorique",
    "Rang actualisé",
]


@pytest.fixture
def amphi() -> Amphi:
    amphi = make_amphi()
    liste = ListeAppel.objects.get(amphi=amphi)
    liste.figures = [
        {**une, "anciennete": 41, "rang_local": 466, "effectif_local": 614} for une in liste.figures
    ]
    liste.save()
    Inscription.objects.filter(interne__nom="Interne2").update(absence_prevue=True)
    return amphi


def fetch(amphi: Amphi, genre: str, compte: Compte | None = None) -> bytes:
    client = Client()
    if compte is not None:
        client.force_login(compte, backend=BACKEND)
    reponse = client.get(f"/amphis/{amphi.pk}/liste-appel/?format={genre}")
    assert reponse.status_code == 200 and reponse["Content-Disposition"].endswith(f'.{genre}"')
    return bytes(reponse.content)


def table(amphi: Amphi, compte: Compte | None = None) -> list[list[str]]:
    return [*csv.reader(StringIO(fetch(amphi, "csv", compte).decode("utf-8-sig")), delimiter=";")]


def test_the_public_s_file_says_ranks_and_statuts_only(amphi: Amphi) -> None:
    assert table(amphi)[:2] == [["Rang d’appel", "Statut"], ["1", "À venir"]]
    assert b"Interne1" not in fetch(amphi, "csv")


def test_an_interne_s_file_has_the_columns_of_the_manual_but_absences(amphi: Amphi) -> None:
    entetes, premier, *_ = table(amphi, compte_of(amphi, 3))
    assert entetes[:10] == DU_MANUEL and "Absence prévue" not in entetes
    assert premier[:4] == ["1", "Prénom Interne1", premier[2], "41"] and premier[5:7] == ["614", "466"]
    agent = Compte.objects.get(pk=make_agent(amphi.subdivision).compte)
    entetes, _, deuxieme, *_ = table(amphi, agent)
    assert dict(zip(entetes, deuxieme, strict=True))["Absence prévue"] == "Oui"


def test_a_copy_names_its_version_its_hash_and_its_hour_and_is_always_current(amphi: Amphi) -> None:
    lui = compte_of(amphi, 1)
    classeur = load_workbook(BytesIO(fetch(amphi, "xlsx", lui)))
    edition = dict(ligne for ligne in classeur["Édition"].iter_rows(values_only=True) if ligne[0])
    assert str(edition["Version"]).startswith("1, publiée le") and edition["Empreinte"] == "a" * 64
    assert "à" in str(edition["Éditée"])
    start(amphi)
    choose(amphi, 1, "2", T0 + 5_000)
    assert table(amphi, lui)[1][-2:] == ["A choisi", "N°\u00a02, Service 2"]


def test_the_pdf_is_tagged_and_says_provisional_before_the_publication(amphi: Amphi) -> None:
    ListeAppel.objects.update(published_at=None)
    lu = PdfReader(BytesIO(fetch(amphi, "pdf", compte_of(amphi, 1))))
    assert lu.trailer["/Root"]["/MarkInfo"]["/Marked"]
    texte = " ".join(page.extract_text() for page in lu.pages)
    assert "Liste d’appel provisoire" in texte and "Prénom Interne3" in texte
    assert "aucune avant la publication" in texte and "a" * 32 not in texte
