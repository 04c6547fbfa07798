"""Who a parcours is of, as the ARS reads it, with the dérogation in force."""

from __future__ import annotations

from dataclasses import dataclass

from gradin.data.internes.models import Interne
from gradin.data.parcours.models import Derogation
from gradin.queries.profils import last_inscription


@dataclass(frozen=True, slots=True, kw_only=True)
class InterneSuivi:
    pk: int
    nom: str
    des: str
    phase: str
    promotion: int | None
    inscription: int | None
    derogation: str


def read_interne(pk: int) -> InterneSuivi | None:
    interne = Interne.objects.filter(pk=pk).first()
    if interne is None:
        return None
    inscription = last_inscription(pk)
    derogation = Derogation.objects.filter(inscription=inscription).first() if inscription else None
    return InterneSuivi(
        pk=pk,
        nom=str(interne),
        des=inscription.des.intitule if inscription else "",
        phase=inscription.get_phase_display() if inscription else "",
        promotion=inscription.promotion if inscription else None,
        inscription=inscription.pk if inscription else None,
        derogation=derogation.motif if derogation else "",
    )
