"""« Liste des affectations » (manual §11): eleven columns, eight criteria, files; who is hidden stays so."""

import csv
from io import BytesIO, StringIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from gradin.data.amphis.models import Amphi
from gradin.data.comptes.models import Compte
from gradin.data.internes.models import Inscription, Interne
from gradin.data.referentiel.models import Semestre, Service, Specialite, Ufr
from gradin.web.public.affectations import COLONNES
from tests.factories.amphis import T0, compte_of, make_amphi, make_poste
from tests.factories.comptes import make_agent
from tests.factories.live import choose, start

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PRENOMS = {1: "Zoé", 2: "Éloïse"}


@pytest.fixture
def amphi() -> Amphi:
    """Zoé took the poste of Service 1, Éloïse that of Service 2; names wait for the close."""
    amphi = make_amphi()
    for rang, prenom in PRENOMS.items():
        Interne.objects.filter(ine=f"socle-{rang:05d}").update(
            prenom=prenom, ufr=Ufr.objects.create(nom=f"UFR de {prenom}")
        )
        Inscription.objects.filter(interne__prenom=prenom).update(semestres_valides=70 + rang)
        Service.objects.filter(nom=f"Service {rang}").update(chef=f"Pr Né{rang}")
    autre = Specialite.objects.create(code_des="GER", intitule="Gériatrie")
    Inscription.objects.filter(interne__prenom="Éloïse").update(des=autre)
    start(amphi)
    choose(amphi, 1, "1", T0 + 5_000)
    choose(amphi, 2, "2", T0 + 9_000)
    return amphi


def ask(compte: Compte | None = None, **parametres: str) -> bytes:
    client = Client()
    if compte is not None:
        client.force_login(compte, backend=BACKEND)
    reponse = client.get("/affectations/", parametres)
    assert reponse.status_code == 200
    return reponse.content


def rows(compte: Compte | None = None, **parametres: str) -> list[dict[str, str]]:
    texte = ask(compte, format="csv", **parametres).decode("utf-8-sig")
    return [*csv.DictReader(StringIO(texte), delimiter=";")]


def services(compte: Compte | None = None, **parametres: str) -> list[str]:
    return [row["Service"] for row in rows(compte, **parametres)]


def test_the_eleven_columns_of_the_manual_stand_in_the_page_and_in_both_files(amphi: Amphi) -> None:
    titres = [mot for _, mot in COLONNES]
    assert len(titres) == 11
    page = ask().decode()
    assert all(f">{titre}<svg" in page for titre in titres)
    feuille = load_workbook(BytesIO(ask(format="xlsx"))).active
    assert feuille is not None
    lus = [[str(cellule) for cellule in ligne] for ligne in feuille.iter_rows(values_only=True)]
    assert lus[0][:11] == titres and [*rows()[0]][:11] == titres
    assert lus[1][5] == "Service 2" and "mai 2027" in lus[1][0]


def test_before_the_close_the_public_reads_postes_and_nobody_s_person(amphi: Amphi) -> None:
    for lues in (rows(), rows(compte_of(make_amphi(internes=9, variante="autre"), 9))):
        assert [row["Service"] for row in lues] == ["Service 2", "Service 1"]
        assert {(row["Interne"], row["UFR"], row["Semest. validés"]) for row in lues} == {("", "", "")}
    assert b"Nom non public" in ask() and b"UFR de" not in ask()


def test_an_unnamed_interne_is_neither_found_nor_sorted_by_what_is_hidden(amphi: Amphi) -> None:
    assert services(interne="Zoé") == [] and services(q="Zoé") == []
    for colonne in ("interne", "ufr", "valides"):
        assert services(tri=colonne) == services(tri=f"-{colonne}") == ["Service 2", "Service 1"]


def test_his_co_internes_read_names_at_once_and_validated_semesters_of_oneself_only(amphi: Amphi) -> None:
    lues = rows(compte_of(amphi, 1))
    assert [row["Interne"] for row in lues] == ["Éloïse I.", "Zoé I."]
    assert [row["Semest. validés"] for row in lues] == ["", "71"]
    agent = Compte.objects.get(pk=make_agent(amphi.subdivision).compte)
    assert [row["Semest. validés"] for row in rows(agent)] == ["72", "71"]


def test_each_criterion_finds_with_its_words(amphi: Amphi) -> None:
    lui = compte_of(amphi, 1)
    for parametres in ({"interne": "elo"}, {"des_interne": "geriatrie"}, {"chef": "ne2"}, {"q": "éloïse"}):
        assert services(lui, **parametres) == ["Service 2"], parametres
    assert services(lui, regime="socle", groupe=amphi.groupe.code) == ["Service 2", "Service 1"]
    for rien in ({"regime": "ancien-regime"}, {"etablissement": "nulle part"}, {"type": "Ambulatoire"}):
        assert services(lui, **rien) == [], rien
    assert services(lui, tri="service") == ["Service 1", "Service 2"]


def test_a_past_semestre_is_chosen_in_the_form(amphi: Amphi) -> None:
    passe, _ = Semestre.objects.get_or_create(code="2026-11")
    assert 'value="2026-11"' not in ask().decode()
    jadis = amphi.affectations.get(poste__numero="1")
    jadis.pk, jadis.semestre, jadis.amphi, jadis.poste = None, passe, None, make_poste("3")
    jadis.save()
    assert 'value="2026-11"' in ask().decode()
    assert services(semestre="2026-11") == ["Service 3"] and "Service 3" not in services()
    assert rows(semestre="2026-11")[0]["Interne"] == ""
    assert rows(compte_of(amphi, 1), semestre="2026-11")[0]["Interne"] == "Zoé I."
