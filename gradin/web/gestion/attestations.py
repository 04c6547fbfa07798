"""« Attestations » of the ARS: all those of a subdivision in one ZIP, prepared while one watches."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from pathlib import Path

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from gradin.live.atelier import run_in_atelier
from gradin.live.ecriture import by_writer
from gradin.live.temps import maintenant_ms
from gradin.operations.attestations.recueil import begin_recueil, path_of, print_recueil, stop_recueil
from gradin.queries.recueils import RecueilLu, list_lots, read_recueil, read_recueils
from gradin.web.gestion.acces import enter_gestion, watch_reading
from gradin.web.public.requete import render_list

MORCEAU = 256 * 1024


@require_http_methods(["GET", "HEAD", "POST"])
def attestations(request: HttpRequest) -> HttpResponse:
    """What may be printed and what was; POST starts one and goes to its page."""
    agent = enter_gestion(request)
    lots = list_lots(agent)
    if request.method == "POST":
        return _begin(request)
    contexte = {"lots": lots, "recueils": read_recueils(agent, maintenant_ms()), "ici": "attestations"}
    return render(request, "gestion/attestations.html", contexte)


@require_safe
def recueil(request: HttpRequest, pk: int) -> HttpResponse:
    """Whole, or its moving part for the page's module while the pages are being made."""
    return render_list(request, "gestion/recueil.html", {"recueil": _own(request, pk), "ici": "attestations"})


@require_safe
def telecharger(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Piece by piece: the file holds thousands of pages."""
    lu, chemin = _own(request, pk), path_of(pk)
    if not lu.is_ready or not chemin.is_file():
        messages.error(request, "Ce fichier n’est plus gardé. Préparez de nouveau les attestations.")
        return redirect("gestion-attestations")
    refus = watch_reading(request, enter_gestion(request), f"recueil={pk}")
    if refus is not None:
        return refus
    nom = f"attestations-{lu.semestre}-{slugify(lu.subdivision)}.zip"
    entetes = {
        "Content-Disposition": f'attachment; filename="{nom}"',
        "Content-Length": str(chemin.stat().st_size),
    }
    return StreamingHttpResponse(_pieces(chemin), content_type="application/zip", headers=entetes)


async def _pieces(chemin: Path) -> AsyncIterator[bytes]:
    with chemin.open("rb") as fichier:
        while morceau := await asyncio.to_thread(fichier.read, MORCEAU):
            yield morceau


def _begin(request: HttpRequest) -> HttpResponse:
    agent, maintenant = enter_gestion(request), maintenant_ms()
    try:
        semestre, subdivision = (int(request.POST.get(nom, "")) for nom in ("semestre", "subdivision"))
    except ValueError:
        raise Http404 from None
    debut = by_writer(begin_recueil)(agent, semestre, subdivision, maintenant)
    if debut is None:
        messages.error(request, "Aucun choix à attester ici\u202f: relisez la liste ci-dessous.")
        return redirect("gestion-attestations")
    recueil, is_new = debut
    if is_new:
        run_in_atelier(
            print_recueil,
            recueil,
            secrets.token_urlsafe,
            maintenant,
            sinon=lambda: stop_recueil(recueil),
        )
    return redirect("gestion-recueil", recueil)


def _own(request: HttpRequest, pk: int) -> RecueilLu:
    lu = read_recueil(enter_gestion(request), pk, maintenant_ms())
    if lu is None:
        raise Http404
    return lu
