"""Reference: Channels and channels_redis on uvicorn, a consumer of the stream per watcher."""

import os
import sys
from typing import Any

import django
import uvicorn
from django.conf import settings

from bench.references.naif import EVENEMENT

GROUPE = "banc"

if __name__ == "__main__":
    couche = {
        "BACKEND": "channels_redis.core.RedisChannelLayer",
        # The default capacity of a channel loses events when thousands share it.
        "CONFIG": {"hosts": [os.environ["BANC_REDIS"]], "capacity": 20_000},
    }
    settings.configure(
        SECRET_KEY="banc", INSTALLED_APPS=["channels"], CHANNEL_LAYERS={"default": couche}, MIDDLEWARE=[]
    )
    django.setup()
    from channels.generic.http import AsyncHttpConsumer  # type: ignore[import-not-found]

    class Flux(AsyncHttpConsumer):  # type: ignore[misc]
        async def handle(self, body: bytes) -> None:
            if self.scope["method"] == "POST":
                await self.channel_layer.group_send(GROUPE, {"type": "evenement"})
                await self.send_response(204, b"")
            elif self.scope["path"] == "/":
                await self.send_response(204, b"")
            else:
                await self.send_headers(headers=[(b"content-type", b"text/event-stream")])
                await self.send_body(b"event: horloge\n\n", more_body=True)
                await self.channel_layer.group_add(GROUPE, self.channel_name)

        async def http_request(self, message: dict[str, Any]) -> None:
            """Its own ends with the handler: a stream goes on."""
            await self.handle(message.get("body", b""))

        async def evenement(self, message: dict[str, Any]) -> None:
            await self.send_body(EVENEMENT, more_body=True)

    uvicorn.run(
        Flux.as_asgi(),
        port=int(sys.argv[1]),
        loop="uvloop",
        http="httptools",
        lifespan="off",
        # A stream that ends while Redis is asked says so at length.
        log_level="critical",
        backlog=8192,
    )
