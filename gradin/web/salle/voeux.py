"""« Mes vœux »: one's own ranking for a préchoix or a choice by wishes, by plain forms."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gradin.domain.prechoix.partage import partages_voulus
from gradin.domain.prechoix.voeux import Geste, add_voeux, move_voeu, place_voeu, remove_voeu
from gradin.live.ecriture import by_writer
from gradin.operations.prechoix.voeux import VoeuxRefuses, edit_voeux, share_voeux
from gradin.queries.favoris import Acces, own_numeros, own_place
from gradin.queries.prechoix import (
    current_vague,
    is_of_another_wave,
    list_vagues,
    read_resultat,
    read_voeux,
)
from gradin.queries.salle import Salle, find_salle
from gradin.queries.visiteurs import visiteur_of
from gradin.web.public import requete
from gradin.web.salle.acces import asked_amphi, contact_of
from gradin.web.salle.chances import chances_of

GESTES: dict[str, Callable[[str], Geste]] = {
    "retirer-voeu": remove_voeu,
    "monter-voeu": lambda cible: move_voeu(cible, -1),
    "descendre-voeu": lambda cible: move_voeu(cible, 1),
}


@require_http_methods(["GET", "HEAD", "POST"])
def voeux(request: HttpRequest) -> HttpResponse:
    # Mine, never my mandant's: he alone files his wishes.
    interne = visiteur_of(request.user).interne
    salle = find_salle(interne, asked_amphi(request)) if interne is not None else None
    if salle is None:
        return render(request, "salle/aucun.html")
    acces = own_place(salle.moi.interne, salle.amphi, requete.now())
    if request.method != "POST":
        return show(request, salle, acces)
    dit = apply(request, salle, acces)
    if request.headers.get(requete.FRAGMENT):
        return show(request, salle, acces, dit)
    messages.info(request, dit)
    return redirect(f"/mon-amphi/voeux/?amphi={salle.amphi}")


def apply(request: HttpRequest, salle: Salle, acces: Acces) -> str:
    """What was done, in words."""
    nom, _, cible = request.POST.get("geste", "").partition(":")
    if nom == "partager":
        partage = request.POST.get("accord") == "oui"
        by_writer(share_voeux)(acces.place, partage, requete.now())
        return "Vos vœux servent à la prévision." if partage else "Vos vœux ne servent plus à la prévision."
    geste = read_geste(request, salle, nom, cible)
    if geste is None:
        return "Choisissez un poste dans la liste, puis ajoutez-le."
    try:
        gardes = by_writer(edit_voeux)(acces.place, geste, requete.now())
    except VoeuxRefuses as refus:
        return str(refus)
    numero = cible or request.POST.get("poste", "").strip()
    if numero in gardes:
        return f"Poste n° {numero}\u00a0: vœu {gardes.index(numero) + 1} sur {len(gardes)}."
    return f"{len(gardes)} vœux dans votre liste." if len(gardes) > 1 else "Votre liste est à jour."


def read_geste(request: HttpRequest, salle: Salle, nom: str, cible: str) -> Geste | None:
    """None when nothing was written."""
    if nom == "favoris":
        return add_voeux(own_numeros(salle.moi.interne, salle.amphi))
    if nom == "garder":
        return add_voeux(())
    if nom == "ajouter":
        numero = request.POST.get("poste", "").partition("·")[0].strip()
        return add_voeux((numero,)) if numero else None
    if nom == "placer-voeu":
        rang = request.POST.get("rang", "").strip()
        juste = rang.isascii() and rang.isdigit() and len(rang) < 6
        return place_voeu(cible, int(rang)) if juste else add_voeux(())
    if nom not in GESTES:
        raise Http404
    return GESTES[nom](cible)


def show(request: HttpRequest, salle: Salle, acces: Acces, dit: str = "") -> HttpResponse:
    maintenant = requete.now()
    vagues = list_vagues(salle.amphi, maintenant)
    vague = current_vague(salle.amphi, maintenant)
    ouvert = vague is not None and vague.etat == "ouvert" and not acces.choisi
    mes = read_voeux(acces.place)
    contexte = {
        "salle": salle,
        "acces": acces,
        "dit": dit,
        "mes": mes,
        "vagues": vagues,
        "vague": vague,
        "ouvert": ouvert,
        "a_garder": ouvert
        and vague is not None
        and is_of_another_wave(mes, vague, par_voeux=salle.par_voeux),
        "favoris": len(own_numeros(salle.moi.interne, salle.amphi)) if acces.lisibles else 0,
        "chances": chances_of(salle.amphi, acces.place),
    }
    if request.headers.get(requete.FRAGMENT):
        return render(request, "salle/voeux_liste.html", contexte)
    contexte |= {
        "resultat": read_resultat(salle.amphi, maintenant, place=acces.place),
        "voulus": partages_voulus(salle.effectif),
        "assistance": contact_of(salle),
    }
    return render(request, "salle/voeux.html", contexte)
