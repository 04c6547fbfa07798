"""« Calendrier » of the ARS: add, change and remove the dates of its subdivisions."""

import secrets
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gradin.live.ecriture import by_writer
from gradin.operations import calendrier as operations
from gradin.operations.permissions import Interdit, can_publish, check_can_publish
from gradin.queries.calendrier import find_evenement, list_evenements
from gradin.queries.commissions.seances import list_dates
from gradin.queries.public.semestres import find_semestre
from gradin.queries.publications import list_cadres
from gradin.queries.visiteurs import Visiteur
from gradin.web.gestion.acces import enter_gestion, refuse, sign
from gradin.web.gestion.saisies_publications import FormulaireEvenement
from gradin.web.public import requete
from gradin.web.public.dates import say_months
from gradin.web.templatetags.gradin import localize

GET_POST = ["GET", "HEAD", "POST"]


@require_safe
def calendrier(request: HttpRequest) -> HttpResponse:
    """What he may change, the commissions he holds; the amphis are moved where they are prepared."""
    agent, semestre = enter_gestion(request), find_semestre(requete.read_words(request, "semestre"))
    siens = {subdivision for subdivision, _ in agent.portees}
    lus = list_evenements(semestre, agent, subdivisions=siens) if semestre else []
    changeables = [
        lu
        for lu in lus
        if lu.pk and lu.subdivision_pk and can_publish(agent, lu.subdivision_pk, lu.groupe_pk)
    ]
    seances = list_dates(agent, semestre.code) if semestre else ()
    dates = sorted([*changeables, *seances], key=lambda lu: (lu.debut, lu.cle))
    contexte = {
        "mois": say_months(dates, requete.now()),
        "amphis": sum(1 for lu in lus if lu.amphi),
        "semestre": semestre,
        "ici": "calendrier",
    }
    return render(request, "gestion/calendrier.html", contexte)


@require_http_methods(GET_POST)
def ajouter(request: HttpRequest) -> HttpResponse:
    agent = enter_gestion(request)
    semestre = find_semestre()
    depart = {"semestre": semestre.pk if semestre else None, "jour": localize(requete.now()).date()}
    formulaire = FormulaireEvenement(request.POST or None, initial=depart, cadres=list_cadres(agent))
    if request.method == "POST" and _is_his(formulaire, agent):
        uid = secrets.token_urlsafe(16)
        by_writer(operations.create_evenement)(formulaire.saisi(), uid=uid, signature=sign(agent))
        messages.success(request, "La date est au calendrier, et dans les agendas abonnés.")
        return redirect("gestion-calendrier")
    return _show(request, formulaire, None)


@require_http_methods(GET_POST)
def changer(request: HttpRequest, pk: int) -> HttpResponse:
    agent = enter_gestion(request)
    row = _own(agent, pk)
    formulaire = FormulaireEvenement(request.POST or None, initial=_filled(row), cadres=list_cadres(agent))
    if request.method == "POST" and _is_his(formulaire, agent):
        if by_writer(operations.change_evenement)(pk, formulaire.saisi(), signature=sign(agent)):
            messages.success(request, "La date est changée, et dans les agendas abonnés aussi.")
        else:
            messages.info(request, "Rien n’a changé.")
        return redirect("gestion-calendrier")
    return _show(request, formulaire, pk)


@require_POST
def retirer(request: HttpRequest, pk: int) -> HttpResponse:
    agent = enter_gestion(request)
    _own(agent, pk)
    by_writer(operations.remove_evenement)(pk, signature=sign(agent))
    messages.success(request, "La date est retirée\u00a0: les agendas abonnés la montrent annulée.")
    return redirect("gestion-calendrier")


def _own(agent: Visiteur, pk: int) -> Any:
    row = find_evenement(pk)
    if row is None:
        raise Http404
    try:
        check_can_publish(agent, row.subdivision_id, row.groupe_id)
    except Interdit as interdit:
        raise refuse(interdit) from None
    return row


def _is_his(formulaire: FormulaireEvenement, agent: Visiteur) -> bool:
    """An agent of one groupe writes the dates of that groupe, not those of everybody."""
    if not formulaire.is_valid():
        return False
    lues = formulaire.cleaned_data
    if can_publish(agent, lues["subdivision"], lues["groupe"]):
        return True
    formulaire.add_error("groupe", "Choisissez un groupe de votre périmètre.")
    return False


def _filled(row: Any) -> dict[str, Any]:
    fuseau = row.subdivision.fuseau
    debut, fin = localize(row.debut, fuseau), localize(row.fin, fuseau) if row.fin else None
    return {
        "subdivision": row.subdivision_id,
        "semestre": row.semestre_id,
        "groupe": row.groupe_id,
        "jour": debut.date(),
        "heure_debut": None if row.journee else debut.time(),
        "jour_fin": fin.date() if fin and fin.date() != debut.date() else None,
        "heure_fin": fin.time() if fin and not row.journee else None,
        **{
            nom: getattr(row, nom)
            for nom in ("titre", "categorie", "lieu", "visio", "concernes", "description")
        },
    }


def _show(request: HttpRequest, formulaire: FormulaireEvenement, pk: int | None) -> HttpResponse:
    contexte = {"form": formulaire, "pk": pk, "ici": "calendrier"}
    return render(request, "gestion/evenement.html", contexte)
