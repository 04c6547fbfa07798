"""The whole file of one DES of a round, for the ARS alone: everybody else has its SHA-256."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gradin.live.ecriture import by_writer
from gradin.live.temps import maintenant_ms
from gradin.operations.appariement.campagnes import note_fichier_lu
from gradin.queries.appariement import campagnes as queries
from gradin.web.appariement.acces import instant
from gradin.web.gestion.acces import watch_reading
from gradin.web.gestion.appariement import enter_campagne


@require_safe
def fichier(request: HttpRequest, pk: int, numero: int, code_des: str) -> HttpResponse:
    """From the announced hour; a line of the campaign's trail says who took it."""
    agent = enter_campagne(request, pk)
    # PostgreSQL refuses a NUL in a parameter.
    row, code = queries.find_tour_row(pk, numero), code_des.replace("\x00", "")
    texte = queries.read_file(row.pk, code, instant()) if row else None
    if not texte:
        raise Http404
    if trop := watch_reading(request, agent, f"appariement={pk}", "export"):
        return trop
    by_writer(note_fichier_lu)(pk, numero, code, agent, maintenant_ms())
    reponse = HttpResponse(texte, content_type="application/json; charset=utf-8")
    reponse["Content-Disposition"] = f'attachment; filename="appariement-{pk}-{numero}-{code}.json"'
    return reponse
