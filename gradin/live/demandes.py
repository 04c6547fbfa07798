"""One line of log a request that writes or fails; its number and its amphi on every other line it causes."""

import json
import logging
import re
import secrets
import time
from contextvars import ContextVar
from typing import Any

from gradin.live.reponses import Headers
from gradin.live.temps import maintenant_ms

logger = logging.getLogger("gradin.demandes")
AMPHI = re.compile(r"/amphis/(\d+)")
# What a proxy gives is kept when it is short and plain; nobody writes into our log through it.
PROPRE = re.compile(rb"[A-Za-z0-9-]{8,64}")
HEURE = b"gradin-maintenant"
SANS_EFFET = frozenset({"GET", "HEAD", "OPTIONS"})
# Where a stream finds the server's own `send`: each event of it would pay for ours 10,000 times.
SEND_DU_SERVEUR = "gradin.send"

DEMANDE: ContextVar[dict[str, str] | None] = ContextVar("demande", default=None)


class Suivi:
    """Gives each request its number, and says it back in X-Request-ID."""

    def __init__(self, application: Any) -> None:
        self._application = application

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return
        numero, debut, statut = _number(scope), time.monotonic(), 0
        amphi = AMPHI.search(scope["path"])
        scope[SEND_DU_SERVEUR] = send
        DEMANDE.set({"demande": numero, **({"amphi": amphi[1]} if amphi else {})})

        async def numbered(message: Any) -> None:
            nonlocal statut
            if message["type"] == "http.response.start":
                statut = message["status"]
                message["headers"] = [*message["headers"], *_own_headers(scope["path"], numero, message)]
            await send(message)

        try:
            await self._application(scope, receive, numbered)
        finally:
            if scope["method"] not in SANS_EFFET or statut >= 500:
                ms = round((time.monotonic() - debut) * 1000)
                logger.info("%s %s %s %s ms", scope["method"], scope["path"], statut, ms)


def _own_headers(chemin: str, numero: str, message: Any) -> Headers:
    """The API says the time on every answer, those given without Django included."""
    yield b"x-request-id", numero.encode()
    if chemin.startswith("/api/") and HEURE not in {nom.lower() for nom, _ in message["headers"]}:
        yield HEURE, b"%d" % maintenant_ms()


def _number(scope: Any) -> str:
    recu = dict(scope["headers"]).get(b"x-request-id", b"")
    return recu.decode() if PROPRE.fullmatch(recu) else secrets.token_hex(8)


class EnJson(logging.Formatter):
    """One JSON object a line: level, where, what, the request and the amphi."""

    converter = staticmethod(time.gmtime)  # type: ignore[assignment]

    def format(self, record: logging.LogRecord) -> str:
        ligne = {
            "a": self.formatTime(record, "%Y-%m-%dT%H:%M:%S") + f".{int(record.msecs):03d}Z",
            "niveau": record.levelname,
            "ou": record.name,
            "quoi": record.getMessage(),
            **(DEMANDE.get() or {}),
        }
        if record.exc_info:
            ligne["trace"] = record.exc_text or self.formatException(record.exc_info)
        return json.dumps(ligne, ensure_ascii=False)
