"""What a native request says: cookies, token, where to resume, and whether it comes from our own pages."""

from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.http.request import validate_host

from gradin.live.billet import cookie_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Demande:
    """`depuis`: last line the caller has; None: from now on."""

    session: str
    billet: str
    jeton: str
    depuis: int | None
    attente_s: int


class DemandeRefusee(Exception):
    """Another site's page, or a host that is not ours."""


def read_demande(scope: Any, amphi: int) -> Demande:
    headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
    cookies = _cookies(headers.get(b"cookie", ""))
    check_same_origin(headers)
    params = parse_qs(scope["query_string"].decode("latin-1"))
    genre, _, jeton = headers.get(b"authorization", "").partition(" ")
    return Demande(
        session=cookies.get(settings.SESSION_COOKIE_NAME, ""),
        billet=cookies.get(cookie_name(amphi), ""),
        jeton=jeton.strip() if genre.lower() == "bearer" else "",
        depuis=_number(headers.get(b"last-event-id") or params.get("depuis", [""])[0]),
        attente_s=min(30, _number(params.get("attente", [""])[0]) or 0),
    )


def check_same_origin(headers: dict[bytes, str]) -> None:
    """With cookies, only our own pages; a host we do not serve is refused whatever it brings."""
    host = headers.get(b"host", "")
    if not validate_host(_domain(host), settings.ALLOWED_HOSTS):
        raise DemandeRefusee
    if b"cookie" not in headers:
        return
    origin = headers.get(b"origin")
    if origin is not None and urlsplit(origin).netloc != host:
        raise DemandeRefusee
    if headers.get(b"sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise DemandeRefusee


def _domain(host: str) -> str:
    domain = urlsplit(f"//{host}").hostname or ""
    return f"[{domain}]" if ":" in domain else domain


def _cookies(header: str) -> dict[str, str]:
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(header).items()}
    except CookieError:
        return {}


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None
