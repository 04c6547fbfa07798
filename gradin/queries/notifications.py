"""What the page of notifications shows: the installation's public key, the devices of an account."""

from dataclasses import dataclass
from datetime import datetime

from gradin.data.notifications.models import Abonnement, CleVapid


@dataclass(frozen=True, slots=True, kw_only=True)
class AppareilLu:
    """Its address at the push service stays here."""

    pk: int
    nom: str
    created_at: datetime


def public_key() -> str:
    """Empty before `gradin migrate`."""
    return CleVapid.objects.values_list("publique", flat=True).first() or ""


def list_appareils(compte: int) -> tuple[AppareilLu, ...]:
    return tuple(
        AppareilLu(pk=one.pk, nom=one.appareil, created_at=one.created_at)
        for one in Abonnement.objects.filter(compte=compte)
    )
