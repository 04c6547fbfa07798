"""What every answer carries: nobody's page is kept by a cache unless its view says so; text is sent small."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers

from gradin.web.application.appareil import mark_owner


class PrivatePages:
    """A view that sets Cache-Control itself keeps it; all others are private and not stored."""

    async_capable = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if "Cache-Control" not in response:
            response["Cache-Control"] = "private, no-store"
            patch_vary_headers(response, ["Cookie"])
            mark_owner(request, response)
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response


class SmallTexts(GZipMiddleware):
    """A page of a list is five times smaller on a phone; a PDF or a workbook is compressed already.

    Django pads each answer at random, so that its length tells nothing of a token inside.
    """

    async_capable = False

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        genre = response.headers.get("Content-Type", "")
        if response.streaming or not genre.startswith(("text/", "application/json", "application/manifest")):
            return response
        return super().process_response(request, response)
