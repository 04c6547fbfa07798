"""Erases what has been kept long enough, once a day and never while an amphi runs."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db.models import Model, QuerySet

from gradin.data.amphis.models import Amphi, EtatAmphi
from gradin.operations.attestations.recueil import sweep_recueils
from gradin.operations.comptes.depart import empty_interne, list_departed
from gradin.operations.conservation import REGLES, days_of, expired, orphan_devices
from gradin.queries.etats import forget

logger = logging.getLogger(__name__)

# One transaction each: none holds the store's lock long.
LOT = 200
JOUR_MS = 86_400_000
# A server that has just started has better to do.
PREMIERE_MS = 60_000


def run_once(now: int, *, essai: bool = False) -> dict[str, int]:
    """Erases all that is over its time at `now` (ms UTC); gives back how many rows of each kind.

    `essai` only counts.
    """
    reglages: Mapping[str, int] = settings.GRADIN_CONSERVATION
    effaces = {}
    for regle in REGLES:
        perimes = expired(regle, now, reglages)
        effaces[regle.nom] = perimes.count() if essai else _erase(perimes, regle.vides)
    effaces["anciens_internes"] = _empty(now, days_of("anciens_internes", reglages), essai)
    if not essai:
        _tidy()
        logger.info("retention: %s", {nom: nombre for nom, nombre in effaces.items() if nombre})
    return effaces


def _erase(perimes: QuerySet[Model], vides: Mapping[str, Any]) -> int:
    """The rows, or only what `vides` names in them."""
    modele = perimes.model
    cles = list(perimes.values_list("pk", flat=True))
    for lot in _lots(cles):
        rows = modele._default_manager.filter(pk__in=lot)
        if vides:
            rows.update(**vides)
        else:
            rows.delete()
    return len(cles)


def _lots(cles: Sequence[int]) -> Iterator[Sequence[int]]:
    return (cles[debut : debut + LOT] for debut in range(0, len(cles), LOT))


def _empty(now: int, jours: int, essai: bool) -> int:
    partis = list_departed(now, jours)
    if not essai:
        for interne in partis:
            empty_interne(interne)
    return len(partis)


def _tidy() -> None:
    """What remained of erased sessions and ZIPs, and states folded with openings that are no more."""
    sweep_recueils()
    for lot in _lots(list(orphan_devices())):
        UserSession.objects.filter(pk__in=lot).delete()
    for amphi in Amphi.objects.filter(etat=EtatAmphi.CLOS).values_list("pk", flat=True):
        forget(amphi)


class Quotidien:
    """Once a day by process; each finds nothing left to erase after another."""

    def __init__(self) -> None:
        self._prochaine: int | None = None

    def run(self, now: int) -> None:
        if self._prochaine is None:
            self._prochaine = now + PREMIERE_MS
        if now < self._prochaine or _is_live():
            return
        self._prochaine = now + JOUR_MS
        run_once(now)


def _is_live() -> bool:
    return Amphi.objects.filter(etat__in=(EtatAmphi.EN_COURS, EtatAmphi.PAUSE)).exists()
