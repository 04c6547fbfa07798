"""« Choisir en couple »: ask another interne of the amphi, answer, leave."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gradin.live.ecriture import by_writer
from gradin.live.temps import maintenant_ms
from gradin.operations.demandes.couples import accept_couple, leave_couple, propose_couple
from gradin.operations.demandes.refus import DemandeRefusee
from gradin.operations.permissions import Interdit
from gradin.queries.couples import own_couples, possible_partners
from gradin.queries.favoris import own_place
from gradin.queries.salle import Salle, find_salle
from gradin.queries.visiteurs import Visiteur, visiteur_of
from gradin.web.public import requete
from gradin.web.salle.acces import asked_amphi

FAITS = {
    "proposer": "Votre demande est envoyée. L’autre interne doit l’accepter, puis l’ARS.",
    "accepter": "Vous avez accepté. L’ARS doit encore donner son accord.",
    "quitter": "C’est noté : chacun choisit à son rang.",
}


@require_http_methods(["GET", "HEAD", "POST"])
def couple(request: HttpRequest) -> HttpResponse:
    """Of the interne himself, never of a mandataire."""
    visiteur = visiteur_of(request.user)
    salle = find_salle(visiteur.interne, asked_amphi(request)) if visiteur.interne else None
    if salle is None or visiteur.interne is None:
        raise Http404
    if request.method == "POST":
        _run(request, visiteur, salle)
        return redirect(f"/mon-amphi/couple/?amphi={salle.amphi}")
    couples = own_couples(visiteur.interne, salle.amphi)
    contexte = {
        "salle": salle,
        "couples": couples,
        "pris": any(one.en_cours and not one.a_repondre for one in couples),
        "choisi": own_place(visiteur.interne, salle.amphi, requete.now()).choisi,
        "partenaires": possible_partners(salle.amphi, visiteur.interne),
    }
    return render(request, "salle/couple.html", contexte)


def _run(request: HttpRequest, visiteur: Visiteur, salle: Salle) -> None:
    acte, maintenant = request.POST.get("acte", ""), maintenant_ms()
    vise = request.POST.get("avec" if acte == "proposer" else "couple", "")
    numero = int(vise) if vise.isascii() and vise.isdigit() and len(vise) < 12 else 0
    try:
        match acte:
            case "proposer":
                by_writer(propose_couple)(visiteur, salle.amphi, numero, maintenant=maintenant)
            case "accepter":
                by_writer(accept_couple)(visiteur, numero, maintenant=maintenant)
            case "quitter":
                by_writer(leave_couple)(visiteur, numero, maintenant=maintenant)
            case _:
                raise Http404
        messages.success(request, FAITS[acte])
    except DemandeRefusee as refus:
        messages.error(request, refus.message)
    except Interdit:
        raise Http404 from None
