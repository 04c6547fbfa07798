"""Who enters the pages of a matching: the candidate on his own, the responsable on his site."""

from datetime import UTC, datetime

from django.http import Http404, HttpRequest, HttpResponse

from gradin.live.temps import maintenant_ms
from gradin.operations.permissions import Interdit
from gradin.operations.permissions_appariement import check_can_rank_site
from gradin.queries.appariement.candidat import CandidatureLue, find_candidature
from gradin.queries.appariement.site import SiteClassant, find_site, read_site
from gradin.queries.visiteurs import visiteur_of

PDF = "application/pdf"


def own_candidature(request: HttpRequest, campagne: int) -> CandidatureLue:
    """For anybody else the campaign has no such page."""
    visiteur = visiteur_of(request.user)
    un = find_candidature(visiteur.interne, campagne) if visiteur.interne else None
    if un is None:
        raise Http404
    return un


def own_site(request: HttpRequest, pk: int) -> SiteClassant:
    row = find_site(pk)
    try:
        check_can_rank_site(visiteur_of(request.user), row)
    except Interdit:
        raise Http404 from None
    assert row is not None
    return read_site(row)


def instant(ms: int | None = None) -> datetime:
    return datetime.fromtimestamp((maintenant_ms() if ms is None else ms) / 1000, UTC)


def serve_pdf(nom: str, contenu: bytes) -> HttpResponse:
    """Saved, never opened inside the site."""
    reponse = HttpResponse(contenu, content_type=PDF)
    propre = "".join(
        signe if signe.isascii() and (signe.isalnum() or signe in "-_.") else "-" for signe in nom
    )
    reponse["Content-Disposition"] = f'attachment; filename="{propre}"'
    return reponse
