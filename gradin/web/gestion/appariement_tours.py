"""One round of a matching for the ARS: who has not answered, reminders, the run, the third round by hand."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from gradin.live.atelier import run_in_atelier
from gradin.live.ecriture import by_writer
from gradin.live.temps import maintenant_ms
from gradin.operations.appariement.annonces import remind
from gradin.operations.appariement.calcul import REPOS_S, begin_run, fail_run, run_tour
from gradin.operations.appariement.refus import AppariementRefuse
from gradin.operations.appariement.resultats import record_agreement
from gradin.queries.appariement import campagnes as queries
from gradin.queries.appariement.suivi import list_sites_ecartes, read_avancement, read_suivi
from gradin.queries.appariement.tours import read_tour
from gradin.queries.visiteurs import Visiteur
from gradin.web.appariement.acces import instant
from gradin.web.gestion.appariement import context_of, enter_campagne
from gradin.web.gestion.forms_appariement import Accord
from gradin.web.public.requete import render_list

GET_POST = ["GET", "HEAD", "POST"]


@require_http_methods(GET_POST)
def tour(request: HttpRequest, pk: int, numero: int) -> HttpResponse:
    """Whole, or its moving part for the page's module while a run is under way."""
    agent = enter_campagne(request, pk)
    row = _row(pk, numero)
    lu = read_tour(row, instant())
    if lu.hors_plateforme:
        return _third(request, pk, row, agent)
    maintenant = maintenant_ms()
    contexte = context_of(
        pk,
        tour=lu,
        suivi=read_suivi(row, maintenant),
        avancement=read_avancement(row),
        donnes=queries.list_given(pk, instant(), tour=row.pk),
        fichiers=[un for un in queries.list_files(pk, instant()) if un.numero == numero],
        ecartes=list_sites_ecartes(row),
        lancable=lu.etape in ("calcul", "attente"),
    )
    return render_list(request, "gestion/appariement_tour.html", contexte)


@require_POST
def relancer(request: HttpRequest, pk: int, numero: int) -> HttpResponse:
    agent = enter_campagne(request, pk)
    try:
        nombre = by_writer(remind)(_row(pk, numero).pk, agent, maintenant_ms())
        messages.success(request, f"{nombre} relance{'s' if nombre > 1 else ''} en file d’envoi.")
    except AppariementRefuse as refus:
        messages.error(request, refus.message)
    return redirect("gestion-appariement-tour", pk, numero)


@require_POST
def lancer(request: HttpRequest, pk: int, numero: int) -> HttpResponse:
    """The run goes on in the child process; its page tells how far it is."""
    agent = enter_campagne(request, pk)
    row = _row(pk, numero)
    admis = {nom: _numbers(request, nom) for nom in ("candidats", "sites")}
    lance_at = maintenant_ms()
    try:
        by_writer(begin_run)(row.pk, admis, agent, lance_at)
    except AppariementRefuse as refus:
        messages.error(request, refus.message)
    else:
        run_in_atelier(run_tour, row.pk, lance_at, REPOS_S, sinon=lambda: fail_run(row.pk, lance_at))
    return redirect("gestion-appariement-tour", pk, numero)


def _third(request: HttpRequest, pk: int, row: Any, agent: Visiteur) -> HttpResponse:
    candidats, sites = queries.list_left(pk)
    formulaire = Accord(request.POST or None, candidats=candidats, sites=sites)
    if request.method == "POST" and formulaire.is_valid():
        lues = formulaire.cleaned_data
        try:
            by_writer(record_agreement)(
                row.pk, lues["candidature"], lues["site"], lues["motif"], agent, maintenant_ms()
            )
            messages.success(request, "L’accord est enregistré, l’affectation suit.")
            return redirect("gestion-appariement-tour", pk, row.numero)
        except AppariementRefuse as refus:
            formulaire.add_error(None, refus.message)
    contexte = context_of(
        pk,
        tour=read_tour(row, instant()),
        form=formulaire,
        restent=(len(candidats), len(sites)),
        donnes=queries.list_given(pk, instant(), tour=row.pk),
    )
    return render(request, "gestion/appariement_accords.html", contexte)


def _row(pk: int, numero: int) -> Any:
    row = queries.find_tour_row(pk, numero)
    if row is None:
        raise Http404
    return row


def _numbers(request: HttpRequest, nom: str) -> list[int]:
    return [int(pk) for pk in request.POST.getlist(nom) if pk.isascii() and pk.isdigit() and len(pk) < 19]
