"""Acts that wait for a second agent."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from gradin.data.amphis.models import Amphi, Proposition

VALIDITE_MS = 24 * 3_600_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PropositionLue:
    """`mienne`: whoever proposed cannot approve."""

    pk: int
    acte: dict[str, Any]
    auteur: str
    created_at: int
    mienne: bool


def proposed_by_others(amphis: Iterable[Amphi], compte: int | None, maintenant: int) -> set[int]:
    """Of these amphis, those where this agent may approve something that has not expired."""
    rows = Proposition.objects.filter(
        amphi__in=[*amphis], approved_at__isnull=True, created_at__gt=maintenant - VALIDITE_MS
    )
    return {*rows.exclude(auteur=compte).values_list("amphi", flat=True)}


def list_propositions(amphi: int, compte: int | None, maintenant: int) -> tuple[PropositionLue, ...]:
    rows = Proposition.objects.filter(
        amphi=amphi, approved_at__isnull=True, created_at__gt=maintenant - VALIDITE_MS
    ).select_related("auteur")
    return tuple(
        PropositionLue(
            pk=row.pk,
            acte=row.acte,
            auteur=row.auteur.nom_affiche or row.auteur.email,
            created_at=row.created_at,
            mienne=row.auteur_id == compte,
        )
        for row in rows.order_by("created_at")
    )
