"""Every answer of the API says the server's time: the pages set their countdown by it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from gradin.live.temps import maintenant_ms

PREFIXE = "/api/"


class ServerTime:
    async_capable = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(PREFIXE):
            response["Gradin-Maintenant"] = str(maintenant_ms())
        return response
