"""Keeps the hours of matchings: mails of windows, results announced, affectations once refusals are over."""

import logging

from gradin.operations.appariement.annonces import notify_due
from gradin.operations.appariement.resultats import settle_due

logger = logging.getLogger(__name__)
PERIODE_MS = 10_000


class Veille:
    """At most every ten seconds: an announced hour is not a turn."""

    def __init__(self) -> None:
        self._prochaine = 0

    def run_once(self, now: int) -> int:
        if now < self._prochaine:
            return 0
        self._prochaine = now + PERIODE_MS
        return settle_due(now) + notify_due(now)


VEILLE = Veille()


def run_once(now: int) -> int:
    """What cannot be settled must not stop the mails behind it."""
    try:
        return VEILLE.run_once(now)
    except Exception:
        logger.exception("matchings could not be settled")
        return 0
