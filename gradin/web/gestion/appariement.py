"""« Appariement » of the ARS: its campaigns, their files, calendar, links of sites, results and exports."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gradin.documents.tableur import write_csv, write_xlsx
from gradin.domain.appariement.calendrier import REPETITION, propose_calendrier
from gradin.domain.rang.semestre import parse_semestre
from gradin.live.ecriture import by_writer
from gradin.live.temps import maintenant_ms
from gradin.operations.appariement import campagnes as operations
from gradin.operations.appariement.liens import revoke_liens, send_lien
from gradin.operations.appariement.refus import AppariementRefuse
from gradin.operations.appariement.retrait import withdraw_campagne
from gradin.operations.permissions import Interdit
from gradin.operations.permissions_appariement import check_can_run_appariement
from gradin.queries.appariement import campagnes as queries
from gradin.queries.appariement.site import find_site
from gradin.queries.appariement.tours import fenetres_of
from gradin.queries.visiteurs import Visiteur
from gradin.web.appariement.acces import instant
from gradin.web.gestion.acces import enter_gestion, refuse, watch_reading
from gradin.web.gestion.forms_appariement import Calendrier, NouvelleCampagne

GET_POST = ["GET", "HEAD", "POST"]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TOURS = ("0", "1", "2")
COLONNES = ("Tour", "Candidat", "DES", "Subdivision", "Site", "Établissement", "Refusé", "Motif")


@require_http_methods(GET_POST)
def campagnes(request: HttpRequest) -> HttpResponse:
    """Those of his whole subdivisions, and a new one."""
    agent = enter_gestion(request)
    formulaire = NouvelleCampagne(request.POST or None, subdivisions=queries.list_subdivisions(agent))
    if request.method == "POST" and formulaire.is_valid():
        try:
            pk = by_writer(operations.create_campagne)(formulaire.demande(), agent, maintenant_ms())
            messages.success(request, "La campagne est créée, avec un calendrier à vérifier.")
            return redirect("gestion-appariement-campagne", pk)
        except AppariementRefuse as refus:
            formulaire.add_error(refus.champ or "intitule", refus.message)
        except Interdit as interdit:
            raise refuse(interdit) from None
    contexte = {
        "campagnes": queries.list_campagnes(agent, instant()),
        "form": formulaire,
        "ici": "appariement",
    }
    return render(request, "gestion/appariement.html", contexte)


@require_POST
def retirer(request: HttpRequest, pk: int) -> HttpResponse:
    """One that nobody has answered yet: it goes, and leaves the public page."""
    agent = enter_campagne(request, pk)
    try:
        intitule = by_writer(withdraw_campagne)(pk, agent, maintenant_ms())
    except AppariementRefuse as refus:
        messages.error(request, refus.message)
        return redirect("gestion-appariement-campagne", pk)
    messages.success(request, f"La campagne «\u00a0{intitule}\u00a0» est retirée.")
    return redirect("gestion-appariement")


@require_http_methods(GET_POST)
def calendrier(request: HttpRequest, pk: int, numero: int) -> HttpResponse:
    """The windows of one round; of a rehearsal that is not there yet, a proposal."""
    agent = enter_campagne(request, pk)
    lue = queries.read_campagne(pk, instant())
    row = queries.find_tour_row(pk, numero)
    if row is None and numero != REPETITION:
        raise Http404
    if row is not None:
        depart = fenetres_of(row)
    else:
        depart = dict(propose_calendrier(parse_semestre(lue.semestre).debut, lue.fuseau))[1]
    formulaire = Calendrier(request.POST or None, fuseau=lue.fuseau, fenetres=depart)
    if request.method == "POST" and formulaire.is_valid():
        try:
            if row is None:
                by_writer(operations.add_repetition)(pk, formulaire.fenetres(), agent, maintenant_ms())
            else:
                by_writer(operations.set_fenetres)(row.pk, formulaire.fenetres(), agent, maintenant_ms())
            messages.success(request, "Le calendrier est enregistré.")
            return redirect("gestion-appariement-campagne", pk)
        except AppariementRefuse as refus:
            formulaire.add_error(None, refus.message)
    contexte = {
        "campagne": lue,
        "numero": numero,
        "tour": next((tour for tour in lue.tours if tour.numero == numero), None),
        "form": formulaire,
        "ici": "appariement",
    }
    return render(request, "gestion/appariement_calendrier.html", contexte)


@require_POST
def lien(request: HttpRequest, pk: int, site: int) -> HttpResponse:
    """Sends a new link to a site, or closes the one it has."""
    agent = enter_campagne(request, pk)
    row = find_site(site)
    if row is None or row.campagne_id != pk:
        raise Http404
    try:
        if request.POST.get("geste") == "fermer":
            by_writer(revoke_liens)(site, agent, maintenant_ms())
            messages.success(request, "Le lien de ce site est fermé.")
        else:
            adresse = by_writer(send_lien)(site, agent, maintenant_ms())
            messages.success(request, f"Lien envoyé, les précédents sont fermés\u00a0: {adresse}")
    except AppariementRefuse as refus:
        messages.error(request, refus.message)
    numero = request.POST.get("numero", "")
    return redirect(f"/gestion/appariement/{pk}/tours/{int(numero) if numero in TOURS else 1}/")


@require_safe
def exporter(request: HttpRequest, pk: int, genre: str) -> HttpResponse:
    """Who got what, from the hour of each result: no mark, no rank."""
    agent = enter_campagne(request, pk)
    if genre not in ("xlsx", "csv"):
        raise Http404
    if trop := watch_reading(request, agent, f"appariement={pk}", "export"):
        return trop
    lignes = [
        (
            une.tour,
            une.nom,
            une.des,
            une.subdivision,
            une.site,
            une.etablissement,
            "Oui" if une.refuse else "",
            une.motif,
        )
        for une in queries.list_given(pk, instant())
    ]
    corps, nature = (
        (write_xlsx("Résultats", COLONNES, lignes), XLSX)
        if genre == "xlsx"
        else (write_csv(COLONNES, lignes), "text/csv; charset=utf-8")
    )
    reponse = HttpResponse(corps, content_type=nature)
    reponse["Content-Disposition"] = f'attachment; filename="appariement-{pk}.{genre}"'
    return reponse


def enter_campagne(request: HttpRequest, pk: int) -> Visiteur:
    """Outside his scope the campaign does not exist for an agent; for others it is forbidden."""
    agent = enter_gestion(request)
    try:
        check_can_run_appariement(agent, queries.find_row(pk))
    except Interdit as interdit:
        raise refuse(interdit) from None
    return agent


def context_of(pk: int, **autres: Any) -> dict[str, Any]:
    return {"campagne": queries.read_campagne(pk, instant()), "ici": "appariement", **autres}
