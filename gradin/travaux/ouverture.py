"""Tells those who propose and advise that an opening starts, or is about to end; once a minute."""

from gradin.operations.ouverture.annonces import announce_due

PERIODE_MS = 60_000


class Veille:
    """At most once a minute."""

    def __init__(self) -> None:
        self._prochaine = 0

    def run_once(self, now: int) -> int:
        if now < self._prochaine:
            return 0
        self._prochaine = now + PERIODE_MS
        return announce_due(now)


VEILLE = Veille()


def run_once(now: int) -> int:
    return VEILLE.run_once(now)
