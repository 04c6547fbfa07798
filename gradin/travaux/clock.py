"""The clock: ends what is due. Two do no harm, none loses nothing: expiry is in `handle`."""

import logging
from collections.abc import Callable

from django.db.models import Min

from gradin.data.amphis.models import Amphi
from gradin.domain.amphi.commands import Echoir
from gradin.operations import amphis

logger = logging.getLogger(__name__)
Handle = Callable[..., object]


def run_once(now: int, handle: Handle = amphis.handle) -> int | None:
    """Ends what is due at `now` (ms UTC); gives the next deadline, None when nothing will happen by itself.

    A deadline already counts the 100 ms that let a confirm received in time win.
    """
    due = Amphi.objects.filter(echeance__lte=now).order_by("echeance")
    for amphi in due.values_list("pk", flat=True):
        try:
            handle(amphi, Echoir(), auteur=None, maintenant=now)
        except Exception:
            # One amphi's bug or lock must not stop the clock of the others.
            logger.exception("amphi %s: what was due could not be ended", amphi)
    prochaine: int | None = Amphi.objects.aggregate(prochaine=Min("echeance"))["prochaine"]
    return prochaine
