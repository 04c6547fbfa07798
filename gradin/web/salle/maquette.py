"""« Valable pour ma maquette » in the live room: asked once by the page of the interne, for him alone.

Apart from the rows (the same bytes for everybody) and from the snapshot, so that neither waits for it.
"""

from __future__ import annotations

from collections import defaultdict

from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from gradin.queries.parcours.marques import Marques, marks_in
from gradin.queries.salle import find_salle
from gradin.queries.visiteurs import visiteur_of
from gradin.web.salle.acces import asked_amphi


@require_safe
def maquette(request: HttpRequest) -> JsonResponse:
    """Mine, never my mandant's. `utiles`: [what is served, numéros]; both empty when no maquette is known."""
    interne = visiteur_of(request.user).interne
    salle = find_salle(interne, asked_amphi(request)) if interne is not None else None
    if interne is None or salle is None:
        raise Http404
    response = JsonResponse(write_marks(marks_in(interne, salle.amphi)))
    response["Cache-Control"] = "private, no-store"
    return response


def write_marks(marques: Marques | None) -> dict[str, list[object]]:
    """Postes that serve the same thing stand together: the words are said once."""
    if marques is None:
        return {"utiles": [], "hors": []}
    groupes: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for numero, servies in marques.postes.utiles.items():
        groupes[servies].append(numero)
    return {
        "utiles": [[", ".join(servies), numeros] for servies, numeros in groupes.items()],
        "hors": [*marques.postes.hors],
    }
