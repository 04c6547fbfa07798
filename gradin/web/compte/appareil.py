"""A device where somebody has signed in once: strangers' failures on his account do not lock it there."""

import hashlib

from django.core import signing
from django.http import HttpRequest, HttpResponseBase

COOKIE = "gradin_appareil"
DUREE_S = 200 * 24 * 3600
_signeur = signing.TimestampSigner(salt="gradin.appareil")


def remember_device(request: HttpRequest, response: HttpResponseBase, courriel: str) -> None:
    """A hint, never a right: it opens nothing by itself."""
    response.set_cookie(
        COOKIE,
        _signeur.sign(_digest(courriel)),
        max_age=DUREE_S,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
        path="/connexion/",
    )


def is_known_device(request: HttpRequest, courriel: str) -> bool:
    try:
        connu = _signeur.unsign(request.COOKIES.get(COOKIE, ""), max_age=DUREE_S)
    except signing.BadSignature:
        return False
    return connu == _digest(courriel)


def _digest(courriel: str) -> str:
    return hashlib.sha256(courriel.strip().lower().encode()).hexdigest()[:32]
