"""Anybody who opens the address reads valid, modified or revoked, and nothing that the paper does not say."""

import re
from html import escape, unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from gradin.data.amphis.models import Affectation, Amphi
from gradin.documents.attestation import enonces_of, recu_of
from gradin.domain.amphi.commands import CorrigerChoix
from gradin.queries.attestations import Verdict, find_choices, read_attestation, verify_code
from tests.factories.amphis import T0
from tests.factories.comptes import make_agent
from tests.factories.live import play
from tests.factories.referentiel import make_subdivision
from tests.integration.attestations.conftest import CODE, issue, make_pdf

pytestmark = pytest.mark.django_db
ADRESSE = f"/verification/{CODE}/"
PAIRE = re.compile(r"<dt>(.*?)</dt><dd>(.*?)</dd>")


def correct(amphi: Amphi) -> None:
    """Two agents give rank 1 n° 3 instead of n° 2."""
    agents = [make_agent(make_subdivision(), f"{nom}@ars.example") for nom in ("un", "deux")]
    second = f"compte:{agents[1].compte}"
    acte = CorrigerChoix(interne=1, poste="3", motif="erreur de saisie", second=second)
    assert play(amphi, acte, T0 + 5_000, auteur=agents[0].compte).statut == 201


def drop(client: Client, contenu: bytes) -> HttpResponse:
    fichier = SimpleUploadedFile("attestation.pdf", contenu, content_type="application/pdf")
    return client.post(ADRESSE, {"fichier": fichier})


def verdict(code: str = CODE) -> Verdict | None:
    lue = verify_code(code)
    return lue.verdict if lue else None


def test_the_page_shows_exactly_what_the_paper_says(client: Client, affectation: Affectation) -> None:
    issue(affectation.pk, code=CODE, maintenant=T0)
    attestation = read_attestation(affectation.pk, CODE, "")
    reponse = client.get(ADRESSE)
    shown = [(unescape(nom), unescape(valeur)) for nom, valeur in PAIRE.findall(reponse.content.decode())]
    paper = [*enonces_of(attestation), *recu_of(attestation)]
    assert shown == [(nom, valeur or "–") for nom, valeur in paper]
    assert "Ce code est valide" in reponse.content.decode()
    assert reponse["X-Robots-Tag"] == "noindex"


def test_the_page_says_nothing_that_the_bearer_does_not_show(
    client: Client, affectation: Affectation
) -> None:
    interne = affectation.interne
    interne.telephone, interne.rpps = "0600000001", "10000000001"
    interne.save()
    issue(affectation.pk, code=CODE, maintenant=T0)
    page = client.get(ADRESSE).content.decode()
    for secret in (interne.ine, interne.courriel, interne.telephone, interne.rpps, "Classique", "surnombre"):
        assert secret not in page


def test_an_unknown_code_is_said_to_be_none(client: Client, affectation: Affectation) -> None:
    issue(affectation.pk, code=CODE, maintenant=T0)
    for code in (CODE[:-1] + "K", "x", "%00", "1"):
        reponse = client.get(f"/verification/{code}/")
        assert reponse.status_code == 404
        assert "Code inconnu" in reponse.content.decode()


def test_a_corrected_choice_revokes_and_the_new_one_is_valid(client: Client, amphi: Amphi) -> None:
    affectation = Affectation.objects.get(amphi=amphi)
    issue(affectation.pk, code=CODE, maintenant=T0)
    correct(amphi)
    page = client.get(ADRESSE).content.decode()
    assert "Attestation révoquée" in page
    assert "le lundi 5 avril 2027" in " ".join(unescape(page).split())
    assert str(affectation.interne) not in page
    new = Affectation.objects.get(amphi=amphi, annulee=False)
    issue(new.pk, code="nouveau", maintenant=T0 + 6_000)
    assert verdict("nouveau") is Verdict.VALIDE
    assert find_choices([(amphi.pk, affectation.n or 0)]) == {}


@pytest.mark.parametrize(
    ("quoi", "champ", "valeur"),
    [
        ("interne", "nom", "Autre"),
        ("service", "nom", "AUTRE SERVICE"),
        ("service", "chef", "AUTRE CHEF"),
        ("etablissement", "nom", "AUTRE HÔPITAL"),
        ("poste", "numero", "9999"),
        ("poste", "flechage", "Autre fléchage"),
        ("poste", "reserve", True),
        ("des", "intitule", "Autre DES"),
        ("subdivision", "nom", "Autre région"),
        ("amphi", "intitule", "Autre amphi"),
        ("affectation", "chosen_at", T0 + 999_000),
    ],
)
@pytest.mark.usefixtures("lignes_ecrites_a_la_main")
def test_any_stated_field_that_changes_is_no_longer_vouched_for(
    client: Client, affectation: Affectation, quoi: str, champ: str, valeur: object
) -> None:
    issue(affectation.pk, code=CODE, maintenant=T0)
    assert verdict() is Verdict.VALIDE
    poste = affectation.poste
    objets = {
        "interne": affectation.interne,
        "affectation": affectation,
        "amphi": affectation.amphi,
        "poste": poste,
        "des": poste.des,
        "service": poste.service,
        "etablissement": poste.service.etablissement,
        "subdivision": poste.subdivision,
    }
    setattr(objets[quoi], champ, valeur)
    objets[quoi].save()
    page = client.get(ADRESSE).content.decode()
    assert "Attestation à renouveler" in page
    assert str(valeur) not in page
    issue(affectation.pk, code="nouveau", maintenant=T0 + 1)
    assert [verdict(), verdict("nouveau")] == [Verdict.REMPLACEE, Verdict.VALIDE]


def test_the_file_delivered_is_recognised(client: Client, affectation: Affectation) -> None:
    assert "Fichier authentique" in drop(client, make_pdf(affectation.pk, code=CODE)).content.decode()


def test_a_file_changed_by_one_octet_anywhere_is_not(client: Client, affectation: Affectation) -> None:
    pdf = make_pdf(affectation.pk, code=CODE)
    for place in range(0, len(pdf), len(pdf) // 40):
        changed = pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]
        assert "Fichier modifié" in drop(client, changed).content.decode()
    assert "Fichier modifié" in drop(client, b"").content.decode()


def test_anothers_true_file_is_not_the_one_of_this_code(client: Client, affectation: Affectation) -> None:
    pdf = make_pdf(affectation.pk, code="ancien")
    affectation.interne.nom = "Corrigé"
    affectation.interne.save()
    make_pdf(affectation.pk, code=CODE)
    assert "Fichier modifié" in drop(client, pdf).content.decode()


def test_a_form_sent_without_a_file_says_so(client: Client, affectation: Affectation) -> None:
    issue(affectation.pk, code=CODE, maintenant=T0)
    assert "Aucun fichier reçu" in client.post(ADRESSE).content.decode()


@pytest.mark.parametrize("nom", ["<script>alert(1)</script>", "{{ 7*7 }}", "\" onload='x'"])
def test_a_hostile_name_is_inert_on_the_page(client: Client, affectation: Affectation, nom: str) -> None:
    service = affectation.poste.service
    service.nom = nom
    service.save()
    issue(affectation.pk, code=CODE, maintenant=T0)
    page = client.get(ADRESSE).content.decode()
    assert escape(nom) in page
    assert "<script>alert" not in page
