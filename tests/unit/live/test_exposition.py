"""What answers without Django to somebody from elsewhere, and what a page served securely adds."""

import os
import runpy
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.staticfiles.finders import get_finders
from django.http import HttpResponse
from django.middleware.security import SecurityMiddleware
from django.test import RequestFactory

from gradin.config.asgi import native

ICI, AILLEURS = ("127.0.0.1", 50_000), ("192.0.2.7", 50_000)
JETON = "un-jeton-de-mesures-assez-long"


async def ask(chemin: str, *, client: tuple[str, int] = ICI, **entetes: str) -> tuple[int, str]:
    envoyes: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        envoyes.append(message)

    recus = [(nom.replace("_", "-").encode(), valeur.encode()) for nom, valeur in entetes.items()]
    scope = {"type": "http", "method": "GET", "path": chemin, "headers": recus, "client": client}
    reponse = native(chemin)
    assert reponse is not None, chemin
    await reponse(scope, None, send)
    debut, corps = envoyes
    return debut["status"], corps["body"].decode()


@pytest.mark.parametrize("contact", ["mailto:securite@example.fr", "https://example.fr/securite"])
async def test_security_txt_says_to_whom_and_until_when(settings: Any, contact: str) -> None:
    """RFC 9116: one Contact that is an address, one Expires to come and less than a year away."""
    settings.GRADIN_CONTACT_SECURITE, settings.GRADIN_URL = contact, "https://gradin.example.fr/"
    statut, texte = await ask("/.well-known/security.txt")
    champs = [ligne.split(": ", 1) for ligne in texte.splitlines()]
    lus = dict(champs)
    assert (statut, len(lus)) == (200, len(champs)) and lus["Contact"] == contact
    reste = datetime.fromisoformat(lus["Expires"]) - datetime.now(UTC)
    assert timedelta(days=30) < reste < timedelta(days=365)
    assert lus["Canonical"] == "https://gradin.example.fr/.well-known/security.txt"


async def test_measures_are_for_this_machine_or_the_token(settings: Any) -> None:
    settings.GRADIN_METRICS_TOKEN = ""
    assert (await ask("/metrics"))[0] == 200
    assert (await ask("/metrics", client=AILLEURS))[0] == 403
    assert (await ask("/metrics", x_forwarded_for="192.0.2.7"))[0] == 403
    assert (await ask("/metrics", client=AILLEURS, authorization="Bearer "))[0] == 403
    settings.GRADIN_METRICS_TOKEN = JETON
    assert (await ask("/metrics", client=AILLEURS, authorization="Bearer un-autre"))[0] == 403
    assert (await ask("/metrics", client=AILLEURS, authorization=f"Bearer {JETON}"))[0] == 200


def test_no_static_file_is_a_source_map_or_hidden() -> None:
    chemins = [chemin for chercheur in get_finders() for chemin, _ in chercheur.list([])]
    assert len(chemins) > 50
    assert [chemin for chemin in chemins if chemin.endswith(".map") or "/." in f"/{chemin}"] == []


def test_served_securely_cookies_and_pages_stay_with_https(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ASVS 3.3.1, 3.4.1."""
    monkeypatch.setitem(os.environ, "GRADIN_HTTPS", "1")
    sien = runpy.run_path(str(settings.ROOT / "gradin" / "config" / "settings.py"))
    noms = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE")
    assert [sien[nom] for nom in noms] == ["__Host-session", "__Host-csrf", True, True]
    settings.SECURE_HSTS_SECONDS = sien["SECURE_HSTS_SECONDS"]
    settings.SECURE_PROXY_SSL_HEADER = sien["SECURE_PROXY_SSL_HEADER"]
    page = SecurityMiddleware(lambda _: HttpResponse())(
        RequestFactory().get("/", headers={"X-Forwarded-Proto": "https"})
    )
    assert page["Strict-Transport-Security"] == "max-age=31536000"
