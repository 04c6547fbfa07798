"""Provisional call lists follow a correction once it stands, from the page that made it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from gradin.live.ecriture import by_writer
from gradin.operations.preparation.recalcul import recompute_provisoire
from gradin.queries.rangs.perimees import Lieu, list_perimees_in


def follow_lists(lieux: Collection[Lieu], maintenant: datetime) -> int:
    """How many were computed again, one write each: choices pass between. They are looked for here."""
    recompute = by_writer(recompute_provisoire)
    return sum(recompute(amphi, maintenant) for amphi in list_perimees_in(lieux))
