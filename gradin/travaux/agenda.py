"""Counts now and then the amphis whose hours have moved, for the calendars that follow them."""

import logging

from gradin.operations.calendrier import note_moves

logger = logging.getLogger(__name__)
PERIODE_MS = 60_000


class Agenda:
    """At most once a minute."""

    def __init__(self) -> None:
        self._prochaine = 0

    def run_once(self, now: int) -> int:
        if now < self._prochaine:
            return 0
        self._prochaine = now + PERIODE_MS
        return note_moves(now)


AGENDA = Agenda()


def run_once(now: int) -> int:
    """What cannot be counted must not stop the mails behind it."""
    try:
        return AGENDA.run_once(now)
    except Exception:
        logger.exception("the moves of the amphis could not be counted")
        return 0
