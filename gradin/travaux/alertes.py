"""Looks now and then whether a poste has entered a watched search; the mail itself goes by the outbox."""

import logging

from django.db.models import Count, Max, Sum

from gradin.data.amphis.models import Amphi
from gradin.data.postes.models import Poste
from gradin.operations.recherches import tell_new_postes

logger = logging.getLogger(__name__)
PERIODE_MS = 60_000


class Veille:
    """At most once a minute, and only when the offer has moved since it last looked."""

    def __init__(self) -> None:
        self._prochaine = 0
        self._vue: object = None

    def run_once(self, now: int) -> int:
        if now < self._prochaine:
            return 0
        self._prochaine = now + PERIODE_MS
        vue = _version()
        if vue == self._vue:
            return 0
        dits = tell_new_postes(now)
        self._vue = vue
        return dits


VEILLE = Veille()


def run_once(now: int) -> int:
    """A search that cannot be read must not stop the mails behind it."""
    try:
        return VEILLE.run_once(now)
    except Exception:
        logger.exception("the watched searches could not be looked at")
        return 0


def _version() -> object:
    return (
        Poste.objects.aggregate(Count("pk"), Max("pk")),
        Amphi.objects.aggregate(Sum("version_offre")),
    )
