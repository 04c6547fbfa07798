"""Sends the notifications that are due, at least once each, and strikes off the devices that are no more.

A lease gives each to one process. Nothing here is worth a delay of the amphi: one thread of its own, five
seconds a question, eight at a time.
"""

import json
import logging
import secrets
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from enum import Enum, auto
from typing import assert_never

import httpx
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.db.models import Q, QuerySet

from gradin.data.notifications.models import Abonnement, CleVapid, Notification
from gradin.operations.notifications import ensure_key
from gradin.operations.notifications.abonnements import from_text, is_allowed
from gradin.travaux.push.chiffrement import COURBE, encrypt
from gradin.travaux.push.vapid import authorization

logger = logging.getLogger(__name__)
LOT = 64
A_LA_FOIS = 8
DELAI_S = 5.0
LEASE = timedelta(minutes=2)
DELAIS_S = (5, 15, 60, 300, 1_800)


class Issue(Enum):
    """What the push service answered, or did not."""

    RECUE = auto()
    PARTI = auto()
    REFUSEE = auto()
    PLUS_TARD = auto()


def run_once(now: int) -> int:
    """The most urgent first; returns how many were tried. `now` in ms UTC."""
    at = datetime.fromtimestamp(now / 1000, UTC)
    _pending().filter(expire_at__lte=at).update(dead_at=at)
    siennes = [one for one in _due(at) if _lease(one.pk, at)]
    if not siennes:
        return 0
    cle = ensure_key()
    with (
        httpx.Client(timeout=DELAI_S, follow_redirects=False) as client,
        ThreadPoolExecutor(A_LA_FOIS) as fils,
    ):
        issues = list(fils.map(lambda one: _send(client, cle, one, now), siennes))
    _write(zip(siennes, issues, strict=True), at)
    return len(siennes)


def _pending() -> QuerySet[Notification]:
    return Notification.objects.filter(sent_at=None, dead_at=None)


def _free(at: datetime) -> QuerySet[Notification]:
    free = Q(leased_until=None) | Q(leased_until__lte=at)
    return _pending().filter(free, due_at__lte=at)


def _due(at: datetime) -> list[Notification]:
    return list(_free(at).select_related("abonnement").order_by("expire_at", "pk")[:LOT])


def _lease(pk: int, at: datetime) -> bool:
    return _free(at).filter(pk=pk).update(leased_until=at + LEASE) == 1


def _send(client: httpx.Client, cle: CleVapid, notification: Notification, now: int) -> Issue:
    """In a thread of the pool: no database here."""
    abonnement = notification.abonnement
    if not is_allowed(abonnement.adresse):
        return Issue.PARTI
    try:
        reponse = client.post(
            abonnement.adresse,
            content=_seal(abonnement, notification),
            headers=_headers(cle, notification, now),
        )
    except (httpx.HTTPError, httpx.InvalidURL) as erreur:
        logger.warning("push: %s does not answer: %r", httpx.URL(abonnement.adresse).host, erreur)
        return Issue.PLUS_TARD
    return _judge(reponse.status_code)


def _judge(statut: int) -> Issue:
    match statut:
        case 404 | 410:
            return Issue.PARTI
        case 429:
            return Issue.PLUS_TARD
        case _ if 200 <= statut < 300:
            return Issue.RECUE
        case _ if statut >= 500:
            return Issue.PLUS_TARD
    logger.warning("push: refused with %s", statut)
    return Issue.REFUSEE


def _seal(abonnement: Abonnement, notification: Notification) -> bytes:
    """Read by the owner's device alone; the push service sees its size."""
    dit = {
        "titre": notification.titre,
        "texte": notification.texte,
        "lien": notification.lien,
        "cle": notification.cle,
        "urgente": notification.urgente,
    }
    return encrypt(
        json.dumps(dit, ensure_ascii=False).encode(),
        from_text(abonnement.p256dh),
        from_text(abonnement.auth),
        ephemere=ec.generate_private_key(COURBE),
        sel=secrets.token_bytes(16),
    )


def _headers(cle: CleVapid, notification: Notification, now: int) -> dict[str, str]:
    reste = notification.expire_at.timestamp() - now / 1000
    return {
        "Authorization": authorization(
            notification.abonnement.adresse,
            privee=cle.privee,
            publique=cle.publique,
            contact=settings.GRADIN_PUSH_CONTACT,
            maintenant=now,
        ),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(max(1, int(reste))),
        "Urgency": "high" if notification.urgente else "normal",
    }


def _write(issues: Iterable[tuple[Notification, Issue]], at: datetime) -> None:
    for notification, issue in issues:
        row = Notification.objects.filter(pk=notification.pk)
        match issue:
            case Issue.RECUE:
                row.update(sent_at=at, leased_until=None)
            case Issue.PARTI:
                Abonnement.objects.filter(pk=notification.abonnement_id).delete()
            case Issue.REFUSEE:
                row.update(dead_at=at, leased_until=None)
            case Issue.PLUS_TARD:
                _retry(row, notification.tries, at)
            case _:
                assert_never(issue)


def _retry(row: QuerySet[Notification], tries: int, at: datetime) -> None:
    if tries >= len(DELAIS_S):
        row.update(dead_at=at, leased_until=None)
        return
    row.update(tries=tries + 1, due_at=at + timedelta(seconds=DELAIS_S[tries]), leased_until=None)
