"""What a member reads: agenda, visio link, documents, and the minutes once they are stated."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gradin.live.ecriture import by_writer
from gradin.live.temps import maintenant_ms
from gradin.operations.commissions.convocation import note_use, open_lien
from gradin.operations.permissions import Interdit
from gradin.operations.permissions_offre import check_can_read_commission
from gradin.queries.commissions.seances import find_document, find_row, list_convened, read_commission
from gradin.queries.visiteurs import visiteur_of
from gradin.web.commissions.papier import serve_compte_rendu, serve_document
from gradin.web.liens import is_secret, keep_secret, must_change, opened_by, secret_of


@require_safe
def commissions(request: HttpRequest) -> HttpResponse:
    """Those to which one is convened."""
    contexte = {"commissions": list_convened(visiteur_of(request.user)), "maintenant": maintenant_ms()}
    return render(request, "commissions/liste.html", contexte)


@require_safe
def commission(request: HttpRequest, pk: int) -> HttpResponse:
    _enter(request, pk)
    return _show(request, pk, f"/commissions/{pk}/")


@require_safe
def document(request: HttpRequest, pk: int, document: int) -> HttpResponse:
    _enter(request, pk)
    return serve_document(find_document(pk, document))


@require_safe
def proces_verbal(request: HttpRequest, pk: int) -> HttpResponse:
    _enter(request, pk)
    return _minutes(pk)


@login_not_required
@never_cache
@require_safe
def lien(request: HttpRequest, jeton: str) -> HttpResponse:
    """An expired or revoked link says whom to ask."""
    pk = opened_by(request, jeton, open_lien, maintenant_ms())
    if pk is None:
        return render(request, "commissions/lien_ferme.html", {"garde": not is_secret(jeton)}, status=410)
    if must_change(request, jeton):
        return keep_secret(request, jeton, pk)
    by_writer(note_use)(secret_of(request, jeton), maintenant_ms())
    return _show(request, pk, f"/commissions/lien/{jeton}/")


@login_not_required
@never_cache
@require_safe
def lien_document(request: HttpRequest, jeton: str, document: int) -> HttpResponse:
    pk = opened_by(request, jeton, open_lien, maintenant_ms())
    if pk is None:
        raise Http404
    return serve_document(find_document(pk, document))


@login_not_required
@never_cache
@require_safe
def lien_proces_verbal(request: HttpRequest, jeton: str) -> HttpResponse:
    pk = opened_by(request, jeton, open_lien, maintenant_ms())
    if pk is None:
        raise Http404
    return _minutes(pk)


def _enter(request: HttpRequest, pk: int) -> None:
    """Who is not convened does not learn that it exists."""
    try:
        check_can_read_commission(visiteur_of(request.user), find_row(pk))
    except Interdit:
        raise Http404 from None


def _show(request: HttpRequest, pk: int, base: str) -> HttpResponse:
    """The same page by account or by link: `adresse` is where its files are."""
    return render(request, "commissions/commission.html", {"c": read_commission(pk), "adresse": base})


def _minutes(pk: int) -> HttpResponse:
    """A draft is for the ARS alone."""
    lue = read_commission(pk)
    if lue.closed_at is None:
        raise Http404
    return serve_compte_rendu(lue, maintenant_ms())
