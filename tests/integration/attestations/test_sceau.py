"""The seal of the region: there only with a certificate, judged by another program, broken by one octet."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.test import Client
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import ValueErrorWithMessage
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pytest_django.fixtures import Settings

from gradin.config.checks import refusals
from gradin.data.amphis.models import Affectation, Amphi
from gradin.data.comptes.models import Compte
from gradin.documents.sceau import expiry_of, read_sceau
from tests.factories.comptes import make_agent
from tests.factories.sceau import JOURS, MOT_DE_PASSE, make_certificat
from tests.integration.attestations.conftest import CODE, catalog_of, make_pdf
from tests.integration.attestations.test_verification import drop

pytestmark = pytest.mark.django_db


@pytest.fixture
def certificat(tmp_path: Path, settings: Settings) -> x509.Certificate:
    """The region configures one."""
    settings.GRADIN_SCEAU_P12 = str(tmp_path / "sceau.p12")
    settings.GRADIN_SCEAU_MOTDEPASSE = MOT_DE_PASSE
    return make_certificat(tmp_path / "sceau.p12")


def download_proces_verbal(amphi: Amphi) -> bytes:
    client = Client()
    client.force_login(
        Compte.objects.get(pk=make_agent(amphi.subdivision).compte),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    contenu: bytes = client.get(f"/regie/amphis/{amphi.pk}/proces-verbal.pdf").content
    return contenu


def holds(pdf: bytes, certificat: x509.Certificate) -> bool:
    """The verdict of pyhanko's validator, which trusts this certificate alone."""
    racine = Certificate.load(certificat.public_bytes(Encoding.DER))
    try:
        (sceau,) = PdfFileReader(BytesIO(pdf)).embedded_signatures
        verdict = validate_pdf_signature(sceau, ValidationContext(trust_roots=[racine], allow_fetching=False))
    except (PdfError, ValueErrorWithMessage):
        return False
    return bool(verdict.bottom_line)


def test_a_proces_verbal_is_sealed_and_one_changed_octet_breaks_it(
    amphi: Amphi, certificat: x509.Certificate, tmp_path: Path
) -> None:
    pdf = download_proces_verbal(amphi)
    assert holds(pdf, certificat)
    assert not holds(pdf, make_certificat(tmp_path / "faux.p12"))
    signature = re.search(rb"/Contents\s*<", pdf)
    assert signature
    for place in (len(pdf) // 4, len(pdf) // 2, signature.end() + 200, len(pdf) - 60):
        changed = pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]
        assert not holds(changed, certificat), place


def test_the_seal_keeps_what_a_screen_reader_needs(amphi: Amphi, certificat: x509.Certificate) -> None:
    """Out of the page, named, printed: what PDF/UA and PDF/A both ask of a field that is not drawn."""
    catalog = catalog_of(download_proces_verbal(amphi))
    champ = catalog["/AcroForm"]["/Fields"][0].get_object()
    assert catalog["/MarkInfo"]["/Marked"]
    assert champ["/TU"] == "Sceau de l’agence régionale de santé"
    assert champ["/F"] & 0b100
    assert max(champ["/Rect"]) < 0
    assert catalog["/Perms"]["/DocMDP"]


def test_without_a_certificate_nothing_is_sealed(amphi: Amphi) -> None:
    assert b"/ByteRange" not in download_proces_verbal(amphi)


def test_attestations_are_sealed_only_when_asked_for(
    client: Client, affectation: Affectation, certificat: x509.Certificate, settings: Settings
) -> None:
    assert b"/ByteRange" not in make_pdf(affectation.pk, code=CODE)
    settings.GRADIN_SCEAU_ATTESTATIONS = True
    pdf = make_pdf(affectation.pk, code=CODE)
    assert holds(pdf, certificat)
    assert "Fichier authentique" in drop(client, pdf).content.decode()


@pytest.mark.parametrize(
    ("p12", "mot_de_passe"), [("sceau.p12", "autre"), ("absent.p12", MOT_DE_PASSE), ("autre.txt", "")]
)
def test_a_certificate_that_cannot_seal_forbids_to_start(
    certificat: x509.Certificate, settings: Settings, tmp_path: Path, p12: str, mot_de_passe: str
) -> None:
    (tmp_path / "autre.txt").write_text("rien")
    settings.GRADIN_SCEAU_P12 = str(tmp_path / p12)
    settings.GRADIN_SCEAU_MOTDEPASSE = mot_de_passe
    (refus,) = refusals()
    assert "GRADIN_SCEAU_P12 ne peut pas sceller" in refus
    assert MOT_DE_PASSE not in refus


def test_an_expired_certificate_is_warned_of_and_lets_start(
    settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    make_certificat(tmp_path / "vieux.p12", -JOURS)
    (tmp_path / "secret").write_text(f"{MOT_DE_PASSE}\n", encoding="utf-8")
    settings.GRADIN_SCEAU_P12 = str(tmp_path / "vieux.p12")
    settings.GRADIN_SCEAU_MOTDEPASSE_FICHIER = str(tmp_path / "secret")
    assert not [refus for refus in refusals() if "SCEAU" in refus]
    assert "has expired" in caplog.text


def test_the_secret_is_never_shown(certificat: x509.Certificate, tmp_path: Path) -> None:
    sceau = read_sceau(str(tmp_path / "sceau.p12"), MOT_DE_PASSE)
    assert expiry_of(sceau) == certificat.not_valid_after_utc
    assert MOT_DE_PASSE not in repr(sceau)
