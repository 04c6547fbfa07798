"""« Préchoix » under /gestion/: the page of the representatives, in the agents' frame."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from gradin.web.espace.prechoix import conduct
from gradin.web.gestion.acces import enter_gestion


@require_http_methods(["GET", "HEAD", "POST"])
def prechoix(request: HttpRequest, pk: int) -> HttpResponse:
    enter_gestion(request)
    return conduct(request, pk, {"cadre": "gestion/base.html", "retour": "/gestion/", "mot": "Semestre"})
