"""Django's ASGI handler with its middlewares in one thread: one hop per request."""

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.core.handlers.base import BaseHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import get_resolver


class Gestionnaire(ASGIHandler):
    """All views here are synchronous, so the whole chain is."""

    def __init__(self) -> None:
        BaseHandler.__init__(self)
        self.load_middleware(is_async=False)
        # Every view is imported now: the first visitor does not wait, and an error stops the start.
        assert get_resolver().url_patterns

    async def run_get_response(self, request: HttpRequest) -> HttpResponseBase:
        response: HttpResponseBase = await sync_to_async(self.get_response)(request)
        return response
