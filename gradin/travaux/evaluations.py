"""Sends the mails of the evaluations; once a minute."""

import logging
from datetime import UTC, datetime

from gradin.operations.evaluations.campagnes import send_due

logger = logging.getLogger(__name__)
PERIODE_MS = 60_000


class Evaluations:
    """At most once a minute."""

    def __init__(self) -> None:
        self._prochaine = 0

    def run_once(self, now: int) -> int:
        if now < self._prochaine:
            return 0
        self._prochaine = now + PERIODE_MS
        return send_due(datetime.fromtimestamp(now / 1000, UTC))


EVALUATIONS = Evaluations()


def run_once(now: int) -> int:
    return EVALUATIONS.run_once(now)
