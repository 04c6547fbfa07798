"""Requests of correction: one's own, and the queue of the ARS."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from gradin.data.internes.models import Inscription
from gradin.data.profils.models import DemandeCorrection
from gradin.queries.visiteurs import Visiteur

DERNIERES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionLue:
    pk: int
    interne: int
    nom: str
    texte: str
    created_at: datetime
    traitee_at: datetime | None
    traitee_par: str
    reponse: str


def own_corrections(interne: int) -> tuple[CorrectionLue, ...]:
    return _read(DemandeCorrection.objects.filter(interne=interne).order_by("-created_at"))


def waiting_corrections(agent: Visiteur) -> tuple[CorrectionLue, ...]:
    """Oldest first, in his scope."""
    return _read(DemandeCorrection.objects.filter(_in_scope(agent), traitee_at=None))


def answered_corrections(agent: Visiteur) -> tuple[CorrectionLue, ...]:
    rows = DemandeCorrection.objects.filter(_in_scope(agent), traitee_at__isnull=False)
    return _read(rows.order_by("-traitee_at")[:DERNIERES])


def _in_scope(agent: Visiteur) -> Q:
    dans = Q(pk__in=())
    for subdivision, groupe in agent.portees:
        dans |= Q(subdivision=subdivision) if groupe is None else Q(subdivision=subdivision, groupe=groupe)
    return Q(Exists(Inscription.objects.filter(dans, interne=OuterRef("interne"))))


def _read(rows: Iterable[DemandeCorrection]) -> tuple[CorrectionLue, ...]:
    return tuple(
        CorrectionLue(
            pk=row.pk,
            interne=row.interne_id,
            nom=str(row.interne),
            texte=row.texte,
            created_at=row.created_at,
            traitee_at=row.traitee_at,
            traitee_par=row.traitee_par,
            reponse=row.reponse,
        )
        for row in rows
    )
