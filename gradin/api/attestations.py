"""One's own attestations: the list, and each as a PDF."""

import secrets
from typing import Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Field, Path, Router

from gradin.api.acces import SessionOuJeton
from gradin.api.openapi import file_of
from gradin.api.schemas_listes import MonAffectation
from gradin.live.ecriture import by_writer
from gradin.live.temps import maintenant_ms
from gradin.operations.attestations import deliver
from gradin.queries.affectations import own_affectations
from gradin.queries.attestations import find_own

router = Router(tags=["moi"])
CodeSemestre = Annotated[str, Field(json_schema_extra={"pattern": "^[0-9]{4}-(05|11)$"})]


@router.get(
    "/mes-attestations",
    auth=SessionOuJeton(),
    response=list[MonAffectation],
    summary="Mes affectations et leurs attestations",
)
def list_mine(request: HttpRequest) -> Any:
    """`pdf` : l’adresse de l’attestation, ou null quand le choix n’a pas été fait sur la plateforme."""
    visiteur = request.auth  # type: ignore[attr-defined]
    lues = own_affectations(visiteur.interne) if visiteur.interne else []
    return [lue | {"pdf": _address(lue)} for lue in lues]


@router.get(
    "/mes-attestations/{semestre}.pdf",
    auth=SessionOuJeton(),
    openapi_extra=file_of("application/pdf"),
    summary="Mon attestation de ce semestre (PDF)",
)
def read_pdf(request: HttpRequest, semestre: Path[CodeSemestre]) -> HttpResponse:
    visiteur = request.auth  # type: ignore[attr-defined]
    affectation = find_own(visiteur.interne, semestre) if visiteur.interne else None
    if affectation is None:
        raise Http404
    pdf = deliver(affectation, code=secrets.token_urlsafe(16), maintenant=maintenant_ms(), par=by_writer)
    return HttpResponse(pdf, content_type="application/pdf")


def _address(lue: dict[str, Any]) -> str | None:
    return None if lue["n"] is None else f"/api/v1/mes-attestations/{lue['semestre']}.pdf"
