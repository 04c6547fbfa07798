"""What would let somebody read or forge what he may not: refused before the first request."""

import stat
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

JETON_MINIMAL = 16
LOCAUX = frozenset({"127.0.0.1", "localhost", "::1"})


def find_exposures() -> Iterator[str]:
    yield from _cookies()
    yield from _links()
    yield from _mail()
    yield from _secrets()


def _cookies() -> Iterator[str]:
    if not settings.SESSION_COOKIE_HTTPONLY:
        yield "- Un script pourrait lire le cookie de session : remettez SESSION_COOKIE_HTTPONLY."
    if settings.SESSION_COOKIE_SAMESITE not in ("Lax", "Strict"):
        yield "- Un autre site pourrait agir avec la session : remettez SESSION_COOKIE_SAMESITE à Lax."
    if settings.SESSION_COOKIE_SECURE and not settings.CSRF_COOKIE_SECURE:
        yield "- Le cookie CSRF passerait en clair : remettez CSRF_COOKIE_SECURE."
    if settings.SESSION_COOKIE_SECURE and not settings.SECURE_HSTS_SECONDS:
        yield "- Une première visite en clair resterait possible : remettez SECURE_HSTS_SECONDS."
    if "csp.middleware.CSPMiddleware" not in settings.MIDDLEWARE:
        yield "- Les pages n’auraient pas de politique de contenu : remettez CSPMiddleware."


def _links() -> Iterator[str]:
    """The address in mails opens accounts: it must be ours, and as safe as the pages."""
    adresse = urlsplit(settings.GRADIN_URL)
    if settings.SESSION_COOKIE_SECURE and adresse.scheme != "https":
        yield "- Les liens des courriels passeraient en clair : donnez GRADIN_URL=https://…"


def _mail() -> Iterator[str]:
    """`smtp` is in clear: without a password on this machine, or not at all."""
    adresse = urlsplit(settings.GRADIN_SMTP_URL)
    if adresse.scheme == "smtp" and adresse.password and adresse.hostname not in LOCAUX:
        yield "- Le mot de passe du courriel passerait en clair : GRADIN_SMTP_URL en starttls:// ou smtps://."


def _secrets() -> Iterator[str]:
    if 0 < len(settings.GRADIN_METRICS_TOKEN) < JETON_MINIMAL:
        yield f"- GRADIN_METRICS_TOKEN se devine : {JETON_MINIMAL} signes au moins."
    cle: Path = settings.GRADIN_DATA / "secret.key"
    if cle.exists() and cle.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        yield f"- {cle} est lisible par d’autres : chmod 600 {cle}"
