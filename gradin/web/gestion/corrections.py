"""« Corrections »: what internes say is wrong in what is held about them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from gradin.live.ecriture import by_writer
from gradin.operations.comptes.corrections import answer_correction
from gradin.operations.comptes.refus import CompteRefuse
from gradin.operations.permissions import Interdit
from gradin.queries.corrections import answered_corrections, waiting_corrections
from gradin.web.compte.profil import now
from gradin.web.gestion.acces import enter_gestion, refuse


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    agent = enter_gestion(request)
    contexte = {
        "demandes": waiting_corrections(agent),
        "traitees": answered_corrections(agent),
        "ici": "corrections",
    }
    return render(request, "gestion/corrections.html", contexte)


@require_POST
def repondre(request: HttpRequest, pk: int) -> HttpResponse:
    agent = enter_gestion(request)
    try:
        by_writer(answer_correction)(pk, agent, reponse=request.POST.get("reponse", ""), maintenant=now())
    except Interdit as interdit:
        raise refuse(interdit) from None
    except CompteRefuse as refus:
        messages.error(request, refus.message)
    else:
        messages.success(
            request,
            "Réponse enregistrée\u00a0: un courriel prévient l’interne, "
            "qui la lit dans ses données personnelles.",
        )
    return redirect("gestion-corrections")
