"""Reference: StreamingHttpResponse of Django, an asynchronous view and a queue per watcher, on uvicorn."""

import asyncio
import sys
from collections.abc import AsyncIterator

import uvicorn
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import re_path

from bench.references.naif import EVENEMENT

FILES: set[asyncio.Queue[bytes]] = set()


async def stream() -> AsyncIterator[bytes]:
    attente: asyncio.Queue[bytes] = asyncio.Queue()
    FILES.add(attente)
    yield b"event: horloge\n\n"
    try:
        while True:
            yield await attente.get()
    finally:
        FILES.discard(attente)


async def answer(request: HttpRequest) -> HttpResponseBase:
    if request.path == "/direct":
        return StreamingHttpResponse(stream(), content_type="text/event-stream")
    for attente in FILES:
        attente.put_nowait(EVENEMENT)
    return HttpResponse(status=204)


urlpatterns = [re_path("", answer)]

if __name__ == "__main__":
    settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], MIDDLEWARE=[], SECRET_KEY="banc")
    uvicorn.run(
        get_asgi_application(),
        port=int(sys.argv[1]),
        loop="uvloop",
        http="httptools",
        lifespan="off",
        log_level="error",
        backlog=8192,
    )
