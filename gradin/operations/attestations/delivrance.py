"""Delivers attestations: first their rows, then the pages, then the hashes of the files."""

import hashlib
from collections.abc import Callable, Collection, Iterable
from typing import Any, Protocol

from django.db import transaction

from gradin.data.amphis.models import Affectation
from gradin.data.attestations.models import Attestation as Delivree
from gradin.data.attestations.models import Exemplaire
from gradin.documents.attestation import Attestation, empreinte_of, print_attestation
from gradin.operations.courriers.adresse import site_url
from gradin.operations.sceaux import attestation_sceau
from gradin.queries.attestations import read_attestations

Page = tuple[Delivree, Attestation]
Codes = Callable[[], str]


class Ecrivain(Protocol):
    """Gives the same operation, run where this process writes (`live.ecriture.by_writer`)."""

    def __call__(self, operation: Callable[..., Any], /) -> Callable[..., Any]: ...


def deliver(affectation: int, *, code: str, maintenant: int, par: Ecrivain) -> bytes:
    """The PDF of one."""
    return deliver_all((affectation,), code=lambda: code, maintenant=maintenant, par=par)[affectation]


def deliver_all(
    affectations: Collection[int], *, code: Codes, maintenant: int, par: Ecrivain
) -> dict[int, bytes]:
    """The PDFs. Only the two short writes go through `par`: the pages are made in the child processes."""
    pages = _standing_pages(affectations)
    new = [pk for pk in affectations if pk not in pages]
    if new:
        pages |= par(issue_pages)(new, code, maintenant)
    sceau = attestation_sceau()
    pdfs = {pk: print_attestation(document, sceau) for pk, (_, document) in pages.items()}
    tirages = {(pages[pk][0].pk, hash_of(pdf)) for pk, pdf in pdfs.items()}
    known = Exemplaire.objects.filter(sha256__in=[sha256 for _, sha256 in tirages])
    tirages -= set(known.values_list("attestation", "sha256"))
    if tirages:
        par(record_exemplaires)(tirages)
    return pdfs


def issue_pages(affectations: Collection[int], code: Codes, maintenant: int) -> dict[int, Page]:
    """The standing attestation of each; one that states what is no longer so is replaced.

    All is read before the short transaction: choices wait for it. `code`: secrets.token_urlsafe.
    """
    pages = _standing_pages(affectations)
    new = [
        Delivree(affectation_id=pk, code=code(), created_at=maintenant)
        for pk in affectations
        if pk not in pages
    ]
    documents = _documents(new)
    for delivree in new:
        delivree.empreinte = empreinte_of(documents[delivree.affectation_id])
    return pages | _keep({un.affectation_id: (un, documents[un.affectation_id]) for un in new}, maintenant)


@transaction.atomic
def _keep(new: dict[int, Page], maintenant: int) -> dict[int, Page]:
    """Locks the affectations: two callers get one row, that of the first."""
    if not new:
        return {}
    list(Affectation.objects.select_for_update(no_key=True).filter(pk__in=new).order_by("pk"))
    pages = new | _standing_pages(new)
    neuves = [delivree for delivree, _ in pages.values() if delivree.pk is None]
    avant = Delivree.objects.filter(affectation__in=[un.affectation_id for un in neuves], revoked_at=None)
    avant.update(revoked_at=maintenant)
    Delivree.objects.bulk_create(neuves)
    return pages


def record_exemplaires(tirages: Iterable[tuple[int, str]]) -> None:
    """(attestation, hash of a file delivered); one known already is kept once."""
    rows = [Exemplaire(attestation_id=attestation, sha256=sha256) for attestation, sha256 in tirages]
    Exemplaire.objects.bulk_create(rows, ignore_conflicts=True)


def hash_of(pdf: bytes) -> str:
    return hashlib.sha256(pdf).hexdigest()


def _standing_pages(affectations: Collection[int]) -> dict[int, Page]:
    """Without those that have none, or whose attestation states what is no longer so."""
    delivrees = list(Delivree.objects.filter(affectation__in=affectations, revoked_at=None))
    documents = _documents(delivrees)
    pages = {un.affectation_id: (un, documents[un.affectation_id]) for un in delivrees}
    return {pk: page for pk, page in pages.items() if empreinte_of(page[1]) == page[0].empreinte}


def _documents(delivrees: Iterable[Delivree]) -> dict[int, Attestation]:
    return read_attestations(
        {un.affectation_id: (un.code, site_url(f"/verification/{un.code}/")) for un in delivrees}
    )
