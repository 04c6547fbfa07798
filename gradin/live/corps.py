"""Bodies are read before a place in a lane is taken: a slow sender occupies nobody."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

OCTETS_MAXIMAUX = 25 * 1024 * 1024
DUREE_MAXIMALE_S = 30.0


class CorpsTropGrand(Exception):
    """More than OCTETS_MAXIMAUX, declared or sent."""


class CorpsTropLent(Exception):
    """Not whole after DUREE_MAXIMALE_S."""


async def read_body(scope: Any, receive: Any) -> bytes | None:
    """The whole body; None when the sender left."""
    if scope["method"] in ("GET", "HEAD"):
        return b""
    if _declared(scope) > OCTETS_MAXIMAUX:
        raise CorpsTropGrand
    try:
        async with asyncio.timeout(DUREE_MAXIMALE_S):
            return await _read(receive)
    except TimeoutError:
        raise CorpsTropLent from None


def _declared(scope: Any) -> int:
    length = dict(scope["headers"]).get(b"content-length", b"0")
    return int(length) if length.isdigit() else 0


async def _read(receive: Any) -> bytes | None:
    morceaux, taille = [], 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        morceaux.append(message.get("body", b""))
        taille += len(morceaux[-1])
        if taille > OCTETS_MAXIMAUX:
            raise CorpsTropGrand
        if not message.get("more_body", False):
            return b"".join(morceaux)


def replay(corps: bytes) -> Callable[[], Awaitable[dict[str, Any]]]:
    """A `receive` that gives the body once, then says nothing.

    A departure is hidden from Django on purpose: what was begun is finished in its thread.
    """
    donne = False

    async def receive() -> dict[str, Any]:
        nonlocal donne
        if donne:
            await asyncio.Event().wait()
        donne = True
        return {"type": "http.request", "body": corps, "more_body": False}

    return receive
