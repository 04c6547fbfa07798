"""The mail of a choice carries its attestation: once, and never that of a choice annulled since."""

from collections.abc import Collection
from typing import Any

import pytest

from gradin.data.amphis.models import Affectation, Amphi
from gradin.data.attestations.models import Attestation
from gradin.operations.attestations import deliver_all
from gradin.queries.attestations import Verdict, verify_code
from gradin.travaux.outbox import run_once
from tests.factories.amphis import T0
from tests.factories.live import choose
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


def test_a_page_that_cannot_be_made_holds_back_no_mail_and_no_other_page(
    serveur: Serveur, amphi: Amphi, monkeypatch: pytest.MonkeyPatch
) -> None:
    perdue = Affectation.objects.get(amphi=amphi).pk
    choose(amphi, 2, "3", T0 + 5_000)

    def fail(affectations: Collection[int], **contexte: Any) -> dict[int, bytes]:
        if perdue in affectations:
            raise RuntimeError("no press")
        return deliver_all(affectations, **contexte)

    monkeypatch.setattr("gradin.travaux.pieces.deliver_all", fail)
    run_once(T0 + 6_000)
    sans, avec = sorted(serveur.boite.messages, key=lambda message: len(list(message.iter_attachments())))
    assert not list(sans.iter_attachments()) and len(list(avec.iter_attachments())) == 1
    assert "mes-attestations" in sans.get_body(("plain",)).get_content()
