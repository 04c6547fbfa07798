"""Delivers the attestation of one affectation: its row, then its page, then the hash of the file."""

import hashlib
from collections.abc import Callable
from typing import Any, Protocol

from django.db import transaction

from gradin.data.amphis.models import Affectation
from gradin.data.attestations.models import Attestation as Delivree
from gradin.data.attestations.models import Exemplaire
from gradin.documents.attestation import Attestation, empreinte_of, print_attestation
from gradin.operations.courriers.adresse import site_url
from gradin.operations.sceaux import attestation_sceau
from gradin.queries.attestations import read_attestation

Page = tuple[Delivree, Attestation]


class Ecrivain(Protocol):
    """Gives the same operation, run where this process writes (`live.ecriture.by_writer`)."""

    def __call__(self, operation: Callable[..., Any], /) -> Callable[..., Any]: ...


def deliver(affectation: int, *, code: str, maintenant: int, par: Ecrivain) -> bytes:
    """The PDF. Only the two short writes go through `par`: the page is made in the child process."""
    page = _standing_page(affectation)
    if page is None:
        page = par(_issue_page)(affectation, code, maintenant)
    delivree, document = page
    pdf = print_attestation(document, attestation_sceau())
    sha256 = hashlib.sha256(pdf).hexdigest()
    if not delivree.exemplaires.filter(sha256=sha256).exists():
        par(record_exemplaire)(delivree.pk, sha256)
    return pdf


def issue(affectation: int, *, code: str, maintenant: int) -> Delivree:
    """The standing attestation of this affectation; one that states something else is replaced.

    Locks the affectation: two callers get one row. `code`: secrets.token_urlsafe, guessed by nobody.
    """
    return _issue_page(affectation, code, maintenant)[0]


@transaction.atomic
def _issue_page(affectation: int, code: str, maintenant: int) -> Page:
    Affectation.objects.select_for_update(of=("self",), no_key=True).get(pk=affectation)
    page = _standing_page(affectation)
    if page is not None:
        return page
    Delivree.objects.filter(affectation=affectation, revoked_at=None).update(revoked_at=maintenant)
    new = Delivree(affectation_id=affectation, code=code, created_at=maintenant)
    document = _document(new)
    new.empreinte = empreinte_of(document)
    new.save(force_insert=True)
    return new, document


def record_exemplaire(attestation: int, sha256: str) -> None:
    Exemplaire.objects.bulk_create(
        [Exemplaire(attestation_id=attestation, sha256=sha256)], ignore_conflicts=True
    )


def _standing_page(affectation: int) -> Page | None:
    """None when there is none, or when it states what is no longer so."""
    delivree = Delivree.objects.filter(affectation=affectation, revoked_at=None).first()
    if delivree is None:
        return None
    document = _document(delivree)
    return (delivree, document) if empreinte_of(document) == delivree.empreinte else None


def _document(delivree: Delivree) -> Attestation:
    adresse = site_url(f"/verification/{delivree.code}/")
    return read_attestation(delivree.affectation_id, delivree.code, adresse)
