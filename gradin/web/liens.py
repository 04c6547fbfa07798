"""A mail's link is changed at once for a cookie: the address that stays on the screen opens nothing.

A secret address would stand in histories, in logs of proxies, in what an extension reads. `lien/<secret>/`
answers by `lien/<number>/`, with a cookie that is sent nowhere else. The link itself is judged at each
request: revoked, it opens nothing, cookie or not.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

# A day of work at a desk that others use too; the mail's link opens again.
DUREE_S = 12 * 3600


def opened_by(
    request: HttpRequest, jeton: str, open_lien: Callable[[str, int], int | None], maintenant: int
) -> int | None:
    """What the secret in the address opens, or the one kept for the number in the address."""
    pk = open_lien(secret_of(request, jeton), maintenant)
    return pk if is_secret(jeton) or str(pk) == jeton else None


def secret_of(request: HttpRequest, jeton: str) -> str:
    return jeton if is_secret(jeton) else request.COOKIES.get(_name(jeton), "")


def is_secret(jeton: str) -> bool:
    """Secrets are signed: none is a number."""
    return not (jeton.isascii() and jeton.isdigit())


def keep_secret(request: HttpRequest, jeton: str, pk: int) -> HttpResponse:
    """To the same page under its number."""
    adresse = request.path.replace(jeton, str(pk))
    reponse = HttpResponseRedirect(adresse)
    reponse.set_cookie(
        _name(str(pk)),
        jeton,
        max_age=DUREE_S,
        path=adresse,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    reponse["Referrer-Policy"] = "no-referrer"
    return reponse


def must_change(request: HttpRequest, jeton: str) -> bool:
    """A form sent to the secret address is still taken: its page was open before."""
    return is_secret(jeton) and request.method in ("GET", "HEAD")


def _name(numero: str) -> str:
    """The path of the cookie tells a commission from a site of the same number."""
    return f"lien-{numero}"
