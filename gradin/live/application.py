"""The process as one ASGI application: native answers first, the rest to Django."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from gradin.live.reponses import refuse

logger = logging.getLogger(__name__)
Answer = Callable[[Any, Any, Any], Awaitable[None]]


class DemarrageRefuse(Exception):
    """The process may not start: the message says why and what to do."""


class Vie(Protocol):
    """What starts with the process and stops with it."""

    async def start(self) -> None: ...

    async def stop(self) -> None: ...


class Application:
    """`routes` gives the native answer to a path, or None; `django` carries the rest."""

    def __init__(self, *, routes: Callable[[str], Answer | None], django: Answer, vie: Vie) -> None:
        self._routes = routes
        self._django = django
        self._vie = vie

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        match scope["type"]:
            case "http":
                native = self._routes(scope["path"])
                await (native or self._django)(scope, receive, send)
            case "lifespan":
                await self._live(receive, send)
            case _:
                await send({"type": "websocket.close"})

    async def _live(self, receive: Any, send: Any) -> None:
        await receive()
        try:
            await self._vie.start()
        except DemarrageRefuse as refus:
            await send({"type": "lifespan.startup.failed", "message": str(refus)})
            return
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self._vie.stop()
        await send({"type": "lifespan.shutdown.complete"})


def only_get(answer: Answer) -> Answer:
    """The native addresses are read, never written."""

    async def checked(scope: Any, receive: Any, send: Any) -> None:
        if scope["method"] == "GET":
            await answer(scope, receive, send)
        else:
            await refuse(scope, send, 405, "methode", "Cette adresse se lit avec GET.", [(b"allow", b"GET")])

    return checked
