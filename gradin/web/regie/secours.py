"""The state of an amphi to go on with on paper, made at this instant: a file to keep on one's own machine."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gradin.documents.secours import print_secours, write_appel, write_postes
from gradin.queries.regie.secours import read_secours
from gradin.web.regie.acces import enter

FORMES = {
    "etat.html": (print_secours, "text/html; charset=utf-8"),
    "liste.csv": (write_appel, "text/csv; charset=utf-8"),
    "postes.csv": (write_postes, "text/csv; charset=utf-8"),
}


@require_safe
def secours(request: HttpRequest, pk: int, nom: str) -> HttpResponse:
    entree = enter(request, pk)
    if entree.row.seq == 0 or nom not in FORMES:
        raise Http404
    write, type_ = FORMES[nom]
    fichier = f"secours-{pk}-{nom}"
    return HttpResponse(
        write(read_secours(pk, entree.maintenant)),
        content_type=type_,
        headers={"Content-Disposition": f'attachment; filename="{fichier}"'},
    )
