"""The coordonnateur's page of individual demands: his opinion, in one word and one line."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from gradin.domain.demandes.etats import Acteur
from gradin.live.ecriture import by_writer
from gradin.live.temps import maintenant_ms
from gradin.operations.demandes.individuelles import give_avis
from gradin.operations.demandes.refus import DemandeRefusee
from gradin.operations.droits import Acte, Qui, Regle, regle_of
from gradin.operations.permissions import Interdit
from gradin.operations.permissions_demandes import check_can_advise
from gradin.queries.espaces.perimetre import perimetre_of
from gradin.queries.individuelles.coordonnateur import list_advised, list_to_advise
from gradin.queries.visiteurs import Visiteur, visiteur_of
from gradin.web.compte.moi import own_pk
from gradin.web.espace.venue import TITRES, readable
from gradin.web.gestion.acces import refuse
from gradin.web.public.requete import read_typed


@require_safe
def demandes(request: HttpRequest) -> HttpResponse:
    visiteur = _enter(request)
    perimetre = perimetre_of(visiteur)
    contexte = {
        "attendues": list_to_advise(perimetre),
        "rendues": list_advised(perimetre),
        "titre_role": TITRES[Qui.COORDONNATEUR],
        "parts": perimetre.parts,
        "tableaux": readable(visiteur),
        "ici": "demandes",
    }
    return render(request, "espace/demandes.html", contexte)


@require_POST
def avis(request: HttpRequest, pk: int) -> HttpResponse:
    visiteur = _enter(request)
    try:
        check_can_advise(visiteur, pk)
    except Interdit as interdit:
        raise refuse(interdit) from None
    try:
        by_writer(give_avis)(
            pk,
            read_typed(request, "avis"),
            read_typed(request, "texte"),
            acteur=Acteur.COORDONNATEUR,
            auteur=own_pk(request),
            maintenant=maintenant_ms(),
        )
        messages.success(request, "Votre avis est transmis à l’ARS et à l’interne.")
    except DemandeRefusee as refus:
        messages.error(request, refus.message)
    return redirect("espace-demandes")


def _enter(request: HttpRequest) -> Visiteur:
    visiteur = visiteur_of(request.user)
    if regle_of(Acte.AVISER_DEMANDE, visiteur.role) is not Regle.PORTEE:
        raise PermissionDenied("Cette page est celle des coordonnateurs de DES.")
    return visiteur
