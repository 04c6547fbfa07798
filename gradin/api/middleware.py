"""Every answer of the API says the server's time, and has its shape even for a wrong method."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from gradin.api.erreurs import error_response
from gradin.live.temps import maintenant_ms

PREFIXE = "/api/"


class ServerTime:
    async_capable = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(PREFIXE):
            response = _in_the_api_s_shape(response)
            response["Gradin-Maintenant"] = str(maintenant_ms())
        return response


def _in_the_api_s_shape(response: HttpResponse) -> HttpResponse:
    """A wrong method is refused before any endpoint sees it, in plain English."""
    if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
        return response
    refus = error_response(
        HTTPStatus.METHOD_NOT_ALLOWED, "methode", f"Cette adresse se demande avec {response['Allow']}."
    )
    refus["Allow"] = response["Allow"]
    return refus
