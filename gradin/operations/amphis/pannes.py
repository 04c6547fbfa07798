"""Outages: who can commit beats every second while an amphi runs, and a silence is nobody's loss."""

from django.db import transaction

from gradin.data.amphis.models import Amphi, Battement, EtatAmphi
from gradin.domain.amphi.state import Etat
from gradin.operations.amphis import sql

# Beats come every second; a longer silence, or a clock that far behind, is an outage.
SILENCE = 3_000


def beat(processus: str, maintenant: int) -> bool:
    """Proves that this process can commit. False, and nothing written, when no amphi runs."""
    with transaction.atomic():
        if not Amphi.objects.filter(etat=EtatAmphi.EN_COURS).exists():
            return False
        if not Battement.objects.filter(processus=processus).update(vu_le=maintenant):
            Battement.objects.create(processus=processus, vu_le=maintenant)
    return True


def panne_since(etat: Etat, maintenant: int) -> int | None:
    """Since when nobody could commit: the later of last beat and last fact; None without an outage."""
    last = last_alive(etat)
    return last if abs(maintenant - last) > SILENCE else None


def last_alive(etat: Etat) -> int:
    return max(sql.last_beat(), etat.dernier_a)
