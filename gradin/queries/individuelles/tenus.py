"""Postes that an interne holds already in the semesters that a demand may ask for."""

from collections.abc import Collection
from dataclasses import dataclass

from gradin.data.amphis.models import Affectation
from gradin.domain.rang.semestre import parse_semestre


@dataclass(frozen=True, slots=True, kw_only=True)
class PosteTenu:
    semestre: str
    numero: str
    service: str


def list_tenus(interne: int, codes: Collection[str]) -> tuple[PosteTenu, ...]:
    rows = Affectation.objects.filter(interne=interne, semestre__code__in=codes, annulee=False)
    return tuple(
        PosteTenu(
            semestre=parse_semestre(row.semestre.code).libelle,
            numero=row.poste.numero,
            service=row.poste.service.nom,
        )
        for row in rows.select_related("semestre", "poste__service").order_by("semestre__code")
    )
