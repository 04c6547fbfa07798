"""Reference: the fan-out that one writes first, a queue and a task per watcher, on uvicorn."""

import asyncio
import sys
from typing import Any

import uvicorn

LONGUEUR = 300
EVENEMENT = b"event: ChoixConfirme\ndata: " + b"x" * (LONGUEUR - 29) + b"\n\n"


class Naif:
    def __init__(self) -> None:
        self.files: set[asyncio.Queue[bytes]] = set()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http" and scope["method"] == "GET":
            await self.watch(receive, send)
        elif scope["type"] == "http":
            for attente in self.files:
                attente.put_nowait(EVENEMENT)
            await send({"type": "http.response.start", "status": 204, "headers": []})
            await send({"type": "http.response.body", "body": b""})

    async def watch(self, receive: Any, send: Any) -> None:
        attente: asyncio.Queue[bytes] = asyncio.Queue()
        self.files.add(attente)
        entetes = [(b"content-type", b"text/event-stream")]
        await send({"type": "http.response.start", "status": 200, "headers": entetes})
        await send({"type": "http.response.body", "body": b"event: horloge\n\n", "more_body": True})
        try:
            while True:
                await send({"type": "http.response.body", "body": await attente.get(), "more_body": True})
        finally:
            self.files.discard(attente)


if __name__ == "__main__":
    uvicorn.run(
        Naif(),
        port=int(sys.argv[1]),
        loop="uvloop",
        http="httptools",
        lifespan="off",
        log_level="error",
        backlog=8192,
    )
