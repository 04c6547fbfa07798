"""The ticket: a signed cookie that lets the same session come back to a stream without a query."""

import base64
import binascii
import hashlib
import hmac
import json
from functools import cache
from typing import Any

from django.conf import settings

from gradin.live.lecteur import Droit

DUREE_MS = 12 * 3_600_000


def cookie_name(amphi: int) -> str:
    return f"gradin_billet_{amphi}"


def lasts(droit: Droit) -> bool:
    """Only what a session holds, once the numbers are given: a public reader may join the list later.

    A mandataire's right may end at any moment: it is read from the base each time.
    """
    return (
        bool(droit.session)
        and not droit.mandants
        and (droit.audience == "regie" or droit.interne is not None)
    )


def issue(droit: Droit, maintenant: int) -> str:
    """`droit` rests on a session; the ticket is worth nothing with another one."""
    data = {
        "a": droit.amphi,
        "u": droit.audience,
        "c": droit.compte,
        "i": droit.interne,
        "m": droit.secret,
        "s": _digest(droit.session),
        "e": maintenant + DUREE_MS,
    }
    corps = base64.urlsafe_b64encode(json.dumps(data, separators=(",", ":")).encode())
    return f"{corps.decode()}.{_sign(corps)}"


def redeem(billet: str, amphi: int, session: str, maintenant: int) -> Droit | None:
    """The right it holds, or None: forged, old, for another amphi or another session."""
    corps, _, signature = billet.partition(".")
    if not hmac.compare_digest(_sign(corps.encode()).encode(), signature.encode()):
        return None
    try:
        data: dict[str, Any] = json.loads(base64.urlsafe_b64decode(corps))
    except (ValueError, binascii.Error):
        return None
    if data["a"] != amphi or data["e"] < maintenant or data["s"] != _digest(session):
        return None
    return Droit(
        amphi=amphi,
        audience=data["u"],
        compte=data["c"],
        interne=data["i"],
        secret=data["m"],
        session=session,
    )


def set_cookie(droit: Droit, maintenant: int) -> bytes:
    """The header's value."""
    secure = "; Secure" if settings.SESSION_COOKIE_SECURE else ""
    return (
        f"{cookie_name(droit.amphi)}={issue(droit, maintenant)}; Path=/api/v1/amphis/{droit.amphi}/; "
        f"Max-Age={DUREE_MS // 1000}; HttpOnly; SameSite=Strict{secure}"
    ).encode()


def _sign(corps: bytes) -> str:
    return hmac.new(_key(), corps, hashlib.sha256).hexdigest()


@cache
def _key() -> bytes:
    return hashlib.sha256(b"gradin.billet\n" + settings.SECRET_KEY.encode()).digest()


def _digest(session: str) -> str:
    return hashlib.sha256(session.encode()).hexdigest()[:32]
