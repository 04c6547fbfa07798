"""Sends what the outbox holds. Several workers may run it: a lease gives each mail to one.

At least once, and once in all but one case: the process dies between the server's « 250 » and our
commit. The mail then leaves again with the same Message-ID, which tells it apart.
Run it outside the writing executor: a slow server must not hold a choice.
"""

import logging
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from gradin.data.courriers.models import Envoi
from gradin.operations.courriers import SansDestinataire, redige
from gradin.operations.courriers.enqueue import instant
from gradin.travaux.message import Illisible, Piece, message_of
from gradin.travaux.pieces import pieces_of
from gradin.travaux.transport import Panne, Rejet, Report, Transport, open_transport

logger = logging.getLogger(__name__)

# With 5 s for each of the five operations of a mail, a lot stays under the lease; each looks at it again.
LOT = 10
LEASE = timedelta(minutes=5)
ATTENTE_PANNE = timedelta(seconds=15)
# Seconds before the next try; after the last the mail is dead and the régie sees it. 2 days in all.
DELAIS_S = (10, 30, 120, 600, 1_800, *(3_600,) * 48)


def run_once(now: int) -> int:
    """Tries the mails that are due at `now` (ms UTC), a lot at most; returns how many were tried."""
    envois = _leased(now)
    pieces = pieces_of([envoi.cle for envoi in envois], now)
    tried = 0
    with open_transport(settings.GRADIN_SMTP_URL, Path(settings.GRADIN_DATA)) as transport:
        for envoi in envois:
            tried += 1
            if not _is_mine(envoi):
                continue
            try:
                _send(transport, envoi, pieces.get(envoi.cle, ()), now)
            except Panne as panne:
                _wait(envois[tried - 1 :], now, str(panne))
                break
    return tried


def is_due(now: int) -> bool:
    """Whether `run_once` would find a mail: it need not be woken otherwise."""
    return _free(instant(now)).exists()


@transaction.atomic
def _leased(now: int) -> list[Envoi]:
    """The lot that is this worker's, by one commit."""
    siens = [pk for pk in _due(now) if _lease(pk, now)]
    rows = Envoi.objects.in_bulk(siens)
    return [rows[pk] for pk in siens]


def _due(now: int) -> list[int]:
    return list(_free(instant(now)).order_by("due_at", "pk").values_list("pk", flat=True)[:LOT])


def _free(at: datetime) -> QuerySet[Envoi]:
    """Due, and in no worker's hands."""
    free = Q(leased_until=None) | Q(leased_until__lte=at)
    return Envoi.objects.filter(free, sent_at=None, dead_at=None, due_at__lte=at)


def _lease(pk: int, now: int) -> bool:
    """One conditional UPDATE: of two workers that saw the same row, one gets 1."""
    at = instant(now)
    return _free(at).filter(pk=pk).update(leased_until=at + LEASE) == 1


def _is_mine(envoi: Envoi) -> bool:
    """Pages and slow mails before it may have outlasted the lease: another worker has it then."""
    return Envoi.objects.filter(pk=envoi.pk, leased_until=envoi.leased_until).exists()


def _send(transport: Transport, envoi: Envoi, pieces: tuple[Piece, ...], now: int) -> None:
    try:
        redige(envoi)
        transport.send(message_of(envoi, settings.DEFAULT_FROM_EMAIL, pieces))
    except Panne:
        raise
    except (SansDestinataire, Illisible, Rejet) as error:
        _bury(envoi, now, str(error), refused=True)
    except Report as error:
        _retry(envoi, now, str(error))
    except Exception as error:
        # A mail that cannot be written must not stop the others behind it.
        logger.exception("outbox: %s cannot be written", envoi.cle)
        _retry(envoi, now, repr(error))
    else:
        _update(envoi, sent_at=instant(now), last_error="")


def _retry(envoi: Envoi, now: int, error: str) -> None:
    if envoi.tries >= len(DELAIS_S):
        _bury(envoi, now, error)
        return
    due_at = instant(now) + timedelta(seconds=DELAIS_S[envoi.tries])
    _update(envoi, tries=envoi.tries + 1, due_at=due_at, last_error=error)


def _bury(envoi: Envoi, now: int, error: str, *, refused: bool = False) -> None:
    logger.warning("outbox: %s is dead: %s", envoi.cle, error)
    _update(envoi, tries=envoi.tries + 1, dead_at=instant(now), last_error=error, refused=refused)


def _wait(reste: list[Envoi], now: int, error: str) -> None:
    """An outage of the server is no mail's fault: their tries stay, and all that are due wait with it."""
    logger.warning("outbox: no mail server: %s", error)
    at = instant(now)
    siens = Envoi.objects.filter(pk__in=[envoi.pk for envoi in reste])
    siens.update(leased_until=None)
    siens.filter(pk=reste[0].pk).update(last_error=error)
    _postpone(at)


@transaction.atomic
def _postpone(at: datetime) -> None:
    """What another worker is leasing stays his: waiting for it, in another order, both would be stuck."""
    libres = _free(at).select_for_update(skip_locked=True).values_list("pk", flat=True)
    Envoi.objects.filter(pk__in=list(libres)).update(due_at=at + ATTENTE_PANNE)


def _update(envoi: Envoi, **fields: object) -> None:
    words = {name: getattr(envoi, name) for name in ("destinataire", "sujet", "texte", "html")}
    Envoi.objects.filter(pk=envoi.pk).update(leased_until=None, **words, **fields)
