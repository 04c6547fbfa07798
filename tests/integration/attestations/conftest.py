"""A choice made for real, and what reads a PDF back."""

from collections.abc import Callable
from functools import partial
from io import BytesIO
from typing import Any, cast

import pytest
from django.test import Client
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from gradin.data.amphis.models import Affectation, Amphi
from gradin.data.attestations.models import Attestation
from gradin.operations.attestations import deliver, issue_pages
from tests.factories.amphis import T0, compte_of, make_amphi
from tests.factories.live import choose, start

CODE = "k" * 22


@pytest.fixture
def amphi(db: None) -> Amphi:
    """Rank 1 holds n° 2; rank 2 has the tour."""
    amphi = make_amphi()
    start(amphi)
    choose(amphi, 1, "2", T0 + 1_000)
    return amphi


@pytest.fixture
def affectation(amphi: Amphi) -> Affectation:
    return Affectation.objects.select_related("poste__service", "interne").get(amphi=amphi)


@pytest.fixture
def sign_in(amphi: Amphi) -> Callable[[int], Client]:
    """A browser in which the interne of that rank is signed in."""

    def connect(rang: int) -> Client:
        client = Client()
        client.force_login(compte_of(amphi, rang))
        return client

    return connect


def here(operation: Callable[..., Any]) -> Callable[..., Any]:
    return operation


def issue(affectation: int, *, code: str, maintenant: int) -> Attestation:
    """The standing attestation of one choice."""
    return issue_pages((affectation,), lambda: code, maintenant)[affectation][0]


def text_of(pdf: bytes) -> str:
    """What a reader of the page extracts, words one space apart."""
    pages = PdfReader(BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def catalog_of(pdf: bytes) -> DictionaryObject:
    return cast(DictionaryObject, PdfReader(BytesIO(pdf)).trailer["/Root"])


make_pdf = partial(deliver, maintenant=T0 + 2_000, par=here)
