"""« Choisir en couple »: ask another interne of the amphi, answer, leave."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gradin.domain.texte import fold
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
    "quitter": "C’est noté\u00a0: chacun choisit à son rang.",
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
    try:
        numero = _partner(request, visiteur, salle) if acte == "proposer" else _number(request)
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


def _partner(request: HttpRequest, visiteur: Visiteur, salle: Salle) -> int:
    """By the line of the list, or by the name alone where one person only bears it."""
    dit = fold(request.POST.get("avec", "")[:300])
    possibles = possible_partners(salle.amphi, visiteur.interne or 0)
    trouves = [p.place for p in possibles if fold(p.mot) == dit] or [
        p.place for p in possibles if fold(p.nom) == dit
    ]
    if len(trouves) != 1:
        raise DemandeRefusee("Choisissez une personne de la liste\u00a0: commencez à écrire son nom.")
    return trouves[0]


def _number(request: HttpRequest) -> int:
    dit = request.POST.get("couple", "")
    return int(dit) if dit.isascii() and dit.isdigit() and len(dit) < 12 else 0
