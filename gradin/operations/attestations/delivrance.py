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
from gradin.queries.attestations import read_attestation


class Ecrivain(Protocol):
    """Gives the same operation, run where this process writes (`live.ecriture.by_writer`)."""

    def __call__(self, operation: Callable[..., Any], /) -> Callable[..., Any]: ...


def deliver(affectation: int, *, code: str, maintenant: int, par: Ecrivain) -> bytes:
    """The PDF. Only the two short writes go through `par`: the page is made in the child process."""
    delivree = _standing(affectation)
    if delivree is None or not _states_today(delivree):
        delivree = par(issue)(affectation, code=code, maintenant=maintenant)
    pdf = print_attestation(_document(delivree))
    sha256 = hashlib.sha256(pdf).hexdigest()
    if not delivree.exemplaires.filter(sha256=sha256).exists():
        par(record_exemplaire)(delivree.pk, sha256)
    return pdf


@transaction.atomic
def issue(affectation: int, *, code: str, maintenant: int) -> Delivree:
    """The standing attestation of this affectation; one that states something else is replaced.

    Locks the affectation: two callers get one row. `code`: secrets.token_urlsafe, guessed by nobody.
    """
    Affectation.objects.select_for_update(of=("self",), no_key=True).get(pk=affectation)
    standing = _standing(affectation)
    if standing is not None:
        if _states_today(standing):
            return standing
        Delivree.objects.filter(pk=standing.pk).update(revoked_at=maintenant)
    new = Delivree(affectation_id=affectation, code=code, created_at=maintenant)
    new.empreinte = empreinte_of(_document(new))
    new.save(force_insert=True)
    return new


def record_exemplaire(attestation: int, sha256: str) -> None:
    Exemplaire.objects.bulk_create(
        [Exemplaire(attestation_id=attestation, sha256=sha256)], ignore_conflicts=True
    )


def _standing(affectation: int) -> Delivree | None:
    return Delivree.objects.filter(affectation=affectation, revoked_at=None).first()


def _states_today(delivree: Delivree) -> bool:
    return empreinte_of(_document(delivree)) == delivree.empreinte


def _document(delivree: Delivree) -> Attestation:
    adresse = site_url(f"/verification/{delivree.code}/")
    return read_attestation(delivree.affectation_id, delivree.code, adresse)
