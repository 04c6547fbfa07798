"""Beats, and the time during which nobody could commit given back: at a start, or after a silence."""

import logging
from collections.abc import Callable

from django.db import DatabaseError, connection, transaction

from gradin.data.amphis.models import Amphi, Battement, EtatAmphi
from gradin.domain.amphi.commands import ConstaterPanne, Echoir
from gradin.operations.amphis import sql
from gradin.operations.amphis.handling import handle
from gradin.operations.amphis.pannes import SILENCE, last_alive
from gradin.queries.etats import lire_etat

logger = logging.getLogger(__name__)


def beat(processus: str, maintenant: int) -> bool:
    """Proves that this process can commit. False, and nothing written, when no amphi runs.

    A beat that comes after a silence would hide it: the running amphis find the outage first.
    """
    running = Amphi.objects.filter(etat=EtatAmphi.EN_COURS)
    if not running.exists():
        return False
    if abs(maintenant - sql.last_beat()) > SILENCE:
        for amphi_id in running.values_list("pk", flat=True):
            _find_outage(amphi_id, maintenant)
    Battement.objects.update_or_create(processus=processus, defaults={"vu_le": maintenant})
    return True


def beat_now(processus: str, horloge: Callable[[], int]) -> bool:
    """The same at the instant when it can write: a beat that waited for the store was not alive meanwhile."""
    with transaction.atomic():
        list(Battement.objects.select_for_update().filter(processus=processus))
        maintenant = horloge()
        return beat(processus, maintenant)


def _find_outage(amphi_id: int, maintenant: int) -> None:
    """A bug in one amphi, which `handle` pauses, must not silence the others."""
    try:
        handle(amphi_id, Echoir(), auteur=None, maintenant=maintenant)
    except DatabaseError:
        raise
    except Exception:
        logger.exception("amphi %s could not look for an outage", amphi_id)


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
