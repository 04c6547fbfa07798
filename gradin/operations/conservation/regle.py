"""One kind of personal data: why it is kept, from when, which rows are over their time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet

from gradin.data.referentiel.models import Semestre
from gradin.domain.rang.semestre import parse_semestre


@dataclass(frozen=True, slots=True, kw_only=True)
class Regle:
    """`perimes`: rows over their time, given the instant before which things are old.

    `vides`: what their fields become where the row itself stays; none: the row goes.
    """

    nom: str
    libelle: str
    pourquoi: str
    depart: str
    perimes: Callable[[datetime], QuerySet[Model]]
    vides: Mapping[str, Any] = field(default_factory=dict)


def ms(instant: datetime) -> int:
    return round(instant.timestamp() * 1000)


def semestres_begun_before(instant: datetime) -> list[int]:
    jour = instant.date()
    codes = Semestre.objects.values_list("pk", "code")
    return [pk for pk, code in codes if parse_semestre(code).debut < jour]
