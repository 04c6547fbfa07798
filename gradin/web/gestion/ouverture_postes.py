"""The postes proposed of one DES and volet: opinions read, agreed or refused one by one or many at once."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gradin.domain.agrements import MOTS
from gradin.domain.nombres import count_mots
from gradin.domain.ouverture import Volet
from gradin.live.ecriture import by_writer
from gradin.live.temps import maintenant_ms
from gradin.operations.ouverture.decisions import decide_postes, set_allocation
from gradin.operations.ouverture.refus import OuvertureRefusee
from gradin.operations.ouverture.trace import Geste
from gradin.operations.permissions import Interdit
from gradin.queries.agrements.validite import defauts_of_proposes, opening_uses_agrements
from gradin.queries.ouverture.campagnes import OuvertureLue
from gradin.queries.ouverture.comptes import find_ligne
from gradin.queries.ouverture.proposes import ETATS, find_proposes, of_volet, read_proposes
from gradin.queries.visiteurs import Visiteur
from gradin.web.gestion.acces import refuse
from gradin.web.gestion.ouverture import ICI, VOLETS, enter_ouverture, say_ligne
from gradin.web.public import requete

PAR_PAGE = 100
FAITS = {
    "accorder": ("poste accordé", "postes accordés"),
    "refuser": ("poste refusé", "postes refusés"),
    "remettre": ("poste remis à l’étude", "postes remis à l’étude"),
    "allocation": ("allocation changée", "allocations changées"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def volet(request: HttpRequest, pk: int, des: str, nom: str) -> HttpResponse:
    agent, lue = enter_ouverture(request, pk)
    ligne = find_ligne(lue, des, Volet(nom)) if nom in VOLETS else None
    if ligne is None:
        raise Http404
    refus = ""
    if request.method == "POST":
        try:
            _act(request, agent, lue)
            return redirect(request.get_full_path())
        except OuvertureRefusee as erreur:
            refus = erreur.message
        except Interdit as interdit:
            raise refuse(interdit) from None
    etat = request.GET.get("etat", "")
    rows = find_proposes(lue, of_volet(des, Volet(nom)))
    vus = rows.filter(etat=etat) if etat in dict(ETATS) and etat else rows
    page: Page[Any] = Paginator(vus, PAR_PAGE).get_page(request.GET.get("page"))
    lus: Any = page.object_list
    page.object_list = read_proposes(lus)
    defauts = _defauts(lue)
    publies = rows.filter(etat="publie").count()
    contexte = {
        "ici": ICI,
        "ouverture": lue,
        "defauts": defauts,
        "specialite": ligne.besoin,
        "ligne": say_ligne(ligne),
        "autre": next(cle for cle in VOLETS if cle != nom),
        "volet": nom,
        "autre_mot": next(mot for cle, mot in VOLETS.items() if cle != nom),
        "page": page,
        "base": requete.base(request),
        "etats": requete.segments(request, "etat", ETATS),
        "etat": etat,
        "importes": max(0, ligne.publies - publies),
        "refus": refus,
        "coches": set(request.POST.getlist("pk")),
        "motif": request.POST.get("motif", ""),
    }
    return render(request, "gestion/ouverture_postes.html", contexte, status=409 if refus else 200)


def _defauts(lue: OuvertureLue) -> dict[int, str] | None:
    """Words of what each poste lacks; None where the campaign does not use agréments."""
    if not opening_uses_agrements(lue.pk):
        return None
    return {pk: MOTS[defaut] for pk, defaut in defauts_of_proposes(lue.pk).items()}


def _act(request: HttpRequest, agent: Visiteur, lue: OuvertureLue) -> None:
    """« accorder » for what is ticked, « accorder:12 » for that one."""
    geste, _, un = request.POST.get("geste", "").partition(":")
    cles = [un] if un else request.POST.getlist("pk")
    cibles = [int(cle) for cle in cles if cle.isascii() and cle.isdecimal() and len(cle) < 19]
    qui = Geste(visiteur=agent, maintenant=maintenant_ms())
    motif = request.POST.get(f"motif-{un}" if un and geste != "accorder" else "motif", "")
    if geste == "allocation":
        texte = request.POST.get(f"allocation-{un}" if un else "allocation", "")
        faits = by_writer(set_allocation)(lue.pk, cibles, texte, qui)
    else:
        faits = by_writer(decide_postes)(lue.pk, cibles, geste, motif, qui)
    if faits:
        messages.success(request, f"{count_mots(faits, *FAITS[geste])}.")
    else:
        messages.info(request, "Rien n’a changé.")
