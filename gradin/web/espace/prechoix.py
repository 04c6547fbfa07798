"""« Préchoix » of an amphi: its waves and its figures, for the ARS (/gestion/) and for a representative."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gradin.live.ecriture import by_writer
from gradin.operations.permissions import Interdit, check_can_open_prechoix
from gradin.operations.prechoix.vagues import (
    PrechoixRefuse,
    may_change_vagues,
    open_prechoix,
    remove_prechoix,
)
from gradin.queries.prechoix import (
    count_wishes,
    counted_from,
    current_vague,
    list_vagues,
    read_resultat,
)
from gradin.queries.regie.pupitre import find_row
from gradin.queries.visiteurs import visiteur_of
from gradin.web.espace.saisie_prechoix import VagueSaisie
from gradin.web.public import requete


@require_http_methods(["GET", "HEAD", "POST"])
def prechoix(request: HttpRequest, pk: int) -> HttpResponse:
    """A representative's page; an agent has the same under /gestion/."""
    return conduct(request, pk, {"cadre": "espace/base.html", "retour": "/mon-espace/", "mot": "Mon espace"})


def conduct(request: HttpRequest, pk: int, cadre: dict[str, Any]) -> HttpResponse:
    visiteur, row = visiteur_of(request.user), find_row(pk)
    if row is None:
        raise Http404
    try:
        check_can_open_prechoix(visiteur, row)
    except Interdit as interdit:
        raise (Http404() if interdit.absent else PermissionDenied(interdit.message)) from None
    fuseau, maintenant, refus = str(row.subdivision.fuseau), requete.now(), ""
    formulaire = VagueSaisie(request.POST or None, fuseau=fuseau)
    geste, _, cible = request.POST.get("geste", "ouvrir").partition(":")
    if request.method == "POST":
        try:
            if geste == "supprimer" and cible.isdecimal() and len(cible) < 19:
                by_writer(remove_prechoix)(pk, int(cible), visiteur, maintenant)
                messages.success(request, "La vague est supprimée. Les vœux déposés sont gardés.")
                return redirect(request.path)
            if formulaire.is_valid():
                by_writer(open_prechoix)(pk, formulaire.demande(), visiteur, maintenant)
                messages.success(request, "Le préchoix est annoncé aux internes de l’amphithéâtre.")
                return redirect(request.path)
        except PrechoixRefuse as erreur:
            refus = str(erreur)
    par_voeux = bool(row.parametres.get("par_voeux"))
    vague = current_vague(pk, maintenant)
    contexte = {
        **cadre,
        "amphi": row,
        "fuseau": fuseau,
        "form": formulaire,
        "refus": refus,
        "vagues": list_vagues(pk, maintenant),
        "resultat": read_resultat(pk, maintenant, conduit=True),
        "depots": count_wishes(pk, counted_from(vague, par_voeux=par_voeux) if vague else None),
        "par_voeux": par_voeux,
        "change": may_change_vagues(row, visiteur),
    }
    return render(request, "espace/prechoix.html", contexte)
