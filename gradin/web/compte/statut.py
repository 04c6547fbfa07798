"""« Mon statut »: the type de choix in force, the demand to change it, and what others can infer from it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gradin.live.ecriture import by_writer
from gradin.live.temps import maintenant_ms
from gradin.operations.demandes.refus import DemandeRefusee
from gradin.operations.demandes.statut import ask_statut, withdraw_statut
from gradin.queries.demandes import StatutLu, closed_since, read_statut
from gradin.queries.visiteurs import visiteur_of
from gradin.web.compte.moi import own_pk
from gradin.web.compte.profil import now


@require_http_methods(["GET", "HEAD", "POST"])
def statut(request: HttpRequest) -> HttpResponse:
    """Only one's own; a mandataire has no page here."""
    lu = own_statut(request)
    if request.method != "POST":
        return render(
            request, "compte/statut.html", {"statut": lu, "clos": closed_since(lu.inscription, now())}
        )
    try:
        messages.success(request, _act(request, lu))
    except DemandeRefusee as refus:
        messages.error(request, refus.message)
    return redirect("statut")


def own_statut(request: HttpRequest) -> StatutLu:
    visiteur = visiteur_of(request.user)
    lu = read_statut(visiteur.interne) if visiteur.interne else None
    if lu is None:
        raise PermissionDenied("Cette page est celle d’un interne inscrit pour un semestre.")
    return lu


def _act(request: HttpRequest, lu: StatutLu) -> str:
    qui = {"auteur": own_pk(request), "maintenant": maintenant_ms()}
    if request.POST.get("acte") == "retirer":
        by_writer(withdraw_statut)(lu.inscription, **qui)
        return "Votre demande est retirée. Votre type de choix n’a pas changé."
    by_writer(ask_statut)(lu.inscription, request.POST.get("souhaite", ""), **qui)
    return (
        "Votre demande est envoyée. Transmettez maintenant vos justificatifs à l’ARS, hors de la plateforme."
    )
