"""« Demandes »: sign-up requests that did not match the roster, settled in one click."""

import secrets

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from gradin.live.ecriture import by_writer
from gradin.operations.comptes.demandes import accept_demande, refuse_demande
from gradin.operations.comptes.refus import CompteRefuse
from gradin.operations.permissions import Interdit
from gradin.queries.fiches import list_demandes, list_settled
from gradin.web.compte.profil import now
from gradin.web.gestion.acces import enter_gestion, refuse


@require_safe
def demandes(request: HttpRequest) -> HttpResponse:
    agent = enter_gestion(request)
    contexte = {"demandes": list_demandes(agent), "traitees": list_settled(agent), "ici": "demandes"}
    return render(request, "gestion/demandes.html", contexte)


@require_POST
def accepter(request: HttpRequest, pk: int) -> HttpResponse:
    agent = enter_gestion(request)
    try:
        demande = by_writer(accept_demande)(
            pk,
            agent,
            ine=request.POST.get("ine", "")[:20],
            secret=secrets.token_urlsafe(24),
            maintenant=now(),
        )
    except Interdit as interdit:
        raise refuse(interdit) from None
    except CompteRefuse as refus:
        messages.error(request, refus.message)
    else:
        messages.success(
            request, f"Demande acceptée\u00a0: le lien d’inscription part vers {demande.courriel}."
        )
    return redirect("gestion-demandes")


@require_POST
def refuser(request: HttpRequest, pk: int) -> HttpResponse:
    agent = enter_gestion(request)
    try:
        demande = by_writer(refuse_demande)(pk, agent, maintenant=now())
    except Interdit as interdit:
        raise refuse(interdit) from None
    except CompteRefuse as refus:
        messages.error(request, refus.message)
    else:
        messages.success(request, f"Demande refusée\u00a0: {demande.courriel} en est averti.")
    return redirect("gestion-demandes")
