"""Pages are sent small; what is compressed already is left as it is."""

import gzip

import pytest
from django.test import Client

from tests.factories.amphis import T0, compte_of, make_amphi
from tests.factories.live import choose, start

pytestmark = pytest.mark.django_db
ACCEPTE = {"Accept-Encoding": "gzip, deflate, br"}


def test_a_page_is_sent_small_and_says_that_it_depends_on_the_browser(client: Client) -> None:
    petite, entiere = client.get("/postes/", headers=ACCEPTE), client.get("/postes/")
    assert petite["Content-Encoding"] == "gzip" and "Accept-Encoding" in petite["Vary"]
    assert len(petite.content) * 2 < len(entiere.content)
    assert gzip.decompress(petite.content).startswith(b"<!doctype html>")
    assert "Content-Encoding" not in entiere


def test_a_pdf_is_not_compressed_again(client: Client) -> None:
    amphi = make_amphi()
    start(amphi)
    choose(amphi, 1, "2", T0 + 1_000)
    client.force_login(compte_of(amphi, 1))
    reponse = client.get("/api/v1/mes-attestations/2027-05.pdf", headers=ACCEPTE)
    assert reponse["Content-Type"] == "application/pdf" and "Content-Encoding" not in reponse
