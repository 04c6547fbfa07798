"""Announces the agréments that end soon; looks once an hour, writes once a month."""

import logging

from gradin.operations.agrements.annonces import tell_expiring

logger = logging.getLogger(__name__)
PERIODE_MS = 3_600_000


class Veille:
    def __init__(self) -> None:
        self._prochaine = 0

    def run_once(self, now: int) -> int:
        if now < self._prochaine:
            return 0
        self._prochaine = now + PERIODE_MS
        try:
            return tell_expiring(now)
        except Exception:
            logger.exception("expiring agréments could not be announced")
            return 0


VEILLE = Veille()


def run_once(now: int) -> int:
    return VEILLE.run_once(now)
