"""A view that breaks: a middleware of test servers that raises where its header says so."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class Panne:
    """The exception holds nothing of the request: what the log adds by itself is what is looked at."""

    async_capable = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "X-Panne" in request.headers:
            corps = request.POST.dict()
            raise RuntimeError(f"panne d'essai, {len(corps)} champs")
        return self.get_response(request)
