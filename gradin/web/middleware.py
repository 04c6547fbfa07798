"""What every answer carries: nobody's page is kept by a cache unless its view says so."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
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
