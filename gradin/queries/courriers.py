"""What stands in the outbox, for alerts, metrics and the régie."""

from dataclasses import dataclass

from django.db.models import Count, Min, Q

from gradin.data.courriers.models import Envoi


@dataclass(frozen=True, slots=True, kw_only=True)
class EtatCourriers:
    """`plus_ancien` is when the oldest waiting mail was written, ms UTC."""

    en_attente: int
    envoyes: int
    morts: int
    plus_ancien: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CourrierMort:
    id: int
    cle: str
    destinataire: str
    sujet: str
    essais: int
    mort_le: int
    erreur: str


WAITING = Q(sent_at=None, dead_at=None)


def etat_courriers() -> EtatCourriers:
    row = Envoi.objects.aggregate(
        en_attente=Count("pk", filter=WAITING),
        envoyes=Count("pk", filter=Q(sent_at__isnull=False)),
        morts=Count("pk", filter=Q(dead_at__isnull=False)),
        plus_ancien=Min("created_at", filter=WAITING),
    )
    oldest = row.pop("plus_ancien")
    return EtatCourriers(plus_ancien=oldest and int(oldest.timestamp() * 1000), **row)


def courriers_morts(limite: int = 100) -> tuple[CourrierMort, ...]:
    """The latest dead first; `operations.courriers.relancer` gives one its tries again."""
    rows = Envoi.objects.exclude(dead_at=None).order_by("-dead_at", "-pk")[:limite]
    return tuple(
        CourrierMort(
            id=envoi.pk,
            cle=envoi.cle,
            destinataire=envoi.destinataire,
            sujet=envoi.sujet,
            essais=envoi.tries,
            mort_le=int(envoi.dead_at.timestamp() * 1000) if envoi.dead_at else 0,
            erreur=envoi.last_error,
        )
        for envoi in rows
    )
