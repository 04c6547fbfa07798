"""« Mes attestations »: one a semester, one's own only; the address holds no number to guess."""

import secrets

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gradin.live.ecriture import by_writer
from gradin.live.temps import maintenant_ms
from gradin.operations.attestations import deliver
from gradin.queries.attestations import find_own, list_annulments, list_attestations
from gradin.queries.visiteurs import visiteur_of


@require_safe
def attestations(request: HttpRequest) -> HttpResponse:
    visiteur = visiteur_of(request.user)
    lues = list_attestations(visiteur.interne) if visiteur.interne else ()
    annules = list_annulments(visiteur.interne) if visiteur.interne else ()
    return render(request, "compte/attestations.html", {"attestations": lues, "annules": annules})


@require_safe
def telecharger(request: HttpRequest, semestre: str) -> HttpResponse:
    """« Télécharger mon attestation ». No attestation of that semester: 404, whoever else has one."""
    visiteur = visiteur_of(request.user)
    affectation = find_own(visiteur.interne, semestre) if visiteur.interne else None
    if affectation is None:
        raise Http404
    return pdf_of(affectation, semestre)


def pdf_of(affectation: int, semestre: str) -> HttpResponse:
    pdf = deliver(affectation, code=secrets.token_urlsafe(16), maintenant=maintenant_ms(), par=by_writer)
    return respond_pdf(pdf, f"attestation-{semestre}.pdf")


def respond_pdf(pdf: bytes, nom: str) -> HttpResponse:
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{nom}"'},
    )
