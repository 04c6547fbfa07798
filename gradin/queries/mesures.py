"""What the operator's dashboard counts, read once a second beside the requests: numbers, nobody's name."""

from dataclasses import dataclass, field

from django.db.models import Count

from gradin.data.amphis.models import Amphi, EtatAmphi
from gradin.data.courriers.models import Envoi
from gradin.domain.amphi.facts import Label
from gradin.queries.etats import lire_etat


@dataclass(frozen=True, slots=True, kw_only=True)
class MesuresService:
    """`etats`: amphis by state. `pauses_techniques`: those that wait for an agent after an outage."""

    etats: dict[str, int] = field(default_factory=dict)
    faits: dict[int, int] = field(default_factory=dict)
    pauses_techniques: int = 0
    courriels_en_attente: int = 0
    courriels_perdus: int = 0


def read_mesures() -> MesuresService:
    etats = dict(Amphi.objects.values_list("etat").annotate(combien=Count("pk")).order_by())
    ouverts = Amphi.objects.filter(etat__in=(EtatAmphi.EN_COURS, EtatAmphi.PAUSE))
    return MesuresService(
        etats=etats,
        faits=dict(ouverts.values_list("pk", "seq")),
        pauses_techniques=_count_technical(),
        courriels_en_attente=Envoi.objects.filter(sent_at=None, dead_at=None).count(),
        courriels_perdus=Envoi.objects.exclude(dead_at=None).count(),
    )


def _count_technical() -> int:
    en_pause = Amphi.objects.filter(etat=EtatAmphi.PAUSE).values_list("pk", flat=True)
    etats = (lire_etat(pk)[1] for pk in en_pause)
    return sum(1 for etat in etats if etat.pause is Label.TECHNIQUE)
