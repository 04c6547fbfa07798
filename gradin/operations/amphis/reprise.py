"""At the start of a process: the time during which nobody could commit is given back."""

from django.db import connection

from gradin.data.amphis.models import Amphi, Battement, EtatAmphi
from gradin.domain.amphi.commands import ConstaterPanne
from gradin.operations.amphis.handling import handle
from gradin.operations.amphis.pannes import SILENCE, beat, last_alive
from gradin.queries.etats import lire_etat


def constater_au_demarrage(maintenant: int, processus: str) -> tuple[int, ...]:
    """Records the outage of every running amphi when no other process beats; gives back their ids.

    Whatever the gap: a tour does not lose two seconds to a quick restart. `processus`: the same name after a
    restart, so that its own last beat does not pass for another's.
    """
    if _somebody_beats(maintenant, processus):
        return ()
    running = tuple(Amphi.objects.filter(etat=EtatAmphi.EN_COURS).values_list("pk", flat=True))
    for amphi_id in running:
        _, etat = lire_etat(amphi_id)
        handle(amphi_id, ConstaterPanne(de=last_alive(etat)), auteur=None, maintenant=maintenant)
    Battement.objects.all().delete()
    beat(processus, maintenant)
    return running


def _somebody_beats(maintenant: int, processus: str) -> bool:
    """On SQLite there is one process, this one."""
    if connection.vendor == "sqlite":
        return False
    others = Battement.objects.exclude(processus=processus)
    return others.filter(vu_le__range=(maintenant - SILENCE, maintenant + SILENCE)).exists()
