"""The procès-verbal of an amphi as a PDF: agents of its scope only."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gradin.documents.proces_verbal import print_proces_verbal
from gradin.operations.sceaux import region_sceau
from gradin.queries.regie.proces_verbal import read_proces_verbal
from gradin.web.regie.acces import enter


@require_safe
def proces_verbal(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing to say before the first fact."""
    entree = enter(request, pk)
    if entree.row.seq == 0:
        raise Http404
    pdf = print_proces_verbal(read_proces_verbal(pk, entree.maintenant), region_sceau())
    nom = f"proces-verbal-{pk}-{entree.row.seq}.pdf"
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{nom}"'},
    )
