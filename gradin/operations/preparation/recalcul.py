"""Provisional call lists follow their data: an import or a correction computes again those it touches."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gradin.operations.amphis.handling import lock_amphi
from gradin.operations.preparation.listes import compute_liste
from gradin.queries.rangs.perimees import list_perimees


def recompute_provisoires(semestre: str, maintenant: datetime) -> int:
    """How many were computed again. Who is added or leaves waits for « Recalculer »: it recuts sessions.

    A short transaction each, after the one that wrote the data: no choice waits for them all. Should the
    process die between, the list is marked and its publication refused.
    """
    return sum(recompute_provisoire(amphi, maintenant) for amphi in list_perimees(semestre))


@transaction.atomic
def recompute_provisoire(amphi_id: int, maintenant: datetime) -> bool:
    """Whether it was computed again. Locks the amphi: never inside the transaction that wrote the data."""
    amphi = lock_amphi(amphi_id)
    avant = amphi.listes.order_by("-version").first()
    if amphi.seq or avant is None or avant.published_at is not None:
        return False
    liste = compute_liste(amphi, maintenant=maintenant, graine="")
    return bool(liste.figures != avant.figures)
