"""Fills the parcours from closed amphis and accepted demands, sends the mails of the situations."""

import logging
from datetime import UTC, datetime

from gradin.operations.parcours.affectations import fill_parcours
from gradin.operations.parcours.demandes import fill_demandes
from gradin.operations.parcours.situations import send_due

logger = logging.getLogger(__name__)
PERIODE_MS = 60_000


class Parcours:
    """At most once a minute; one that fails does not stop the others."""

    def __init__(self) -> None:
        self._prochaine = 0

    def run_once(self, now: int) -> int:
        if now < self._prochaine:
            return 0
        self._prochaine = now + PERIODE_MS
        instant = datetime.fromtimestamp(now / 1000, UTC)
        faits = 0
        for travail in (fill_parcours, fill_demandes, send_due):
            try:
                faits += travail(instant)
            except Exception:
                logger.exception("parcours: %s could not be done", travail.__name__)
        return faits


PARCOURS = Parcours()


def run_once(now: int) -> int:
    return PARCOURS.run_once(now)
