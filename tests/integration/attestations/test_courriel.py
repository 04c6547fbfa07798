"""The mail of a choice carries its attestation: once, and never that of a choice annulled since."""

import pytest

from gradin.data.amphis.models import Amphi
from gradin.data.attestations.models import Attestation
from gradin.queries.attestations import Verdict, verify_code
from gradin.travaux.outbox import run_once
from tests.factories.amphis import T0
from tests.integration.attestations.test_verification import correct
from tests.integration.courriers.conftest import serveur
from tests.integration.courriers.serveur import Serveur

pytestmark = pytest.mark.django_db
__all__ = ["serveur"]


def test_the_mail_carries_one_pdf_that_verifies(serveur: Serveur, amphi: Amphi) -> None:
    run_once(T0 + 2_000)
    (message,) = serveur.boite.messages
    (piece,) = message.iter_attachments()
    assert (piece.get_content_type(), piece.get_filename()) == ("application/pdf", "attestation.pdf")
    attestation = Attestation.objects.get()
    lue = verify_code(attestation.code)
    assert lue and lue.verdict is Verdict.VALIDE
    assert attestation.exemplaires.count() == 1
    assert message.get_body(("plain",)) and message.get_body(("html",))


def test_a_choice_corrected_before_the_mail_leaves_is_not_attested(serveur: Serveur, amphi: Amphi) -> None:
    correct(amphi)
    while run_once(T0 + 6_000):
        continue
    pieces = {
        " ".join(str(message["Subject"]).split()): len(list(message.iter_attachments()))
        for message in serveur.boite.messages
    }
    assert sum(pieces.values()) == 1
    assert pieces["Votre choix : poste n° 2"] == 0
    assert pieces["Votre choix : poste n° 3"] == 1


def test_a_page_that_cannot_be_made_holds_back_no_mail(
    serveur: Serveur,
    amphi: Amphi,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object, **__: object) -> bytes:
        raise RuntimeError("no press")

    monkeypatch.setattr("gradin.travaux.pieces.deliver", fail)
    run_once(T0 + 2_000)
    (message,) = serveur.boite.messages
    assert not list(message.iter_attachments())
    assert "mes-attestations" in message.get_body(("plain",)).get_content()
