"""« Mes recherches »: saved under a name, opened, renamed, watched, deleted; for internes signed in."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from gradin.live.ecriture import by_writer
from gradin.operations import recherches as operations
from gradin.queries.public.semestres import find_semestre
from gradin.queries.recherche.criteres import FiltrePostes
from gradin.queries.recherche.enregistrees import filtre_of, list_recherches, requete_of
from gradin.queries.visiteurs import visiteur_of
from gradin.web.public import requete

# Above a list, each with its number.
MONTREES = 6


def own_compte(request: HttpRequest) -> int:
    visiteur = visiteur_of(request.user)
    if visiteur.interne is None or visiteur.compte is None:
        raise PermissionDenied
    return visiteur.compte


@require_http_methods(["GET", "HEAD", "POST"])
def recherches(request: HttpRequest) -> HttpResponse:
    compte = own_compte(request)
    if request.method == "POST":
        return save(request, compte)
    semestre = find_semestre()
    miennes = list_recherches(compte, semestre.code if semestre else "")
    return render(request, "public/recherches.html", {"recherches": miennes})


def save(request: HttpRequest, compte: int) -> HttpResponse:
    """The query is read and written again: nothing else of what is posted is kept."""
    propre = requete_of(filtre_of(request.POST.get("requete", ""), ""))
    try:
        by_writer(operations.save_recherche)(compte, request.POST.get("nom", ""), propre, requete.now())
    except operations.RechercheRefusee as refus:
        messages.error(request, str(refus))
    else:
        messages.success(request, "Recherche enregistrée.")
    return redirect(f"/postes/?{propre}")


@require_POST
def recherche(request: HttpRequest, pk: int) -> HttpResponse:
    compte = own_compte(request)
    gestes = {
        "renommer": lambda: operations.rename_recherche(compte, pk, request.POST.get("nom", "")),
        "supprimer": lambda: operations.delete_recherche(compte, pk),
        "veiller": lambda: operations.watch_recherche(compte, pk, True),
        "ne-plus-veiller": lambda: operations.watch_recherche(compte, pk, False),
    }
    geste = gestes.get(request.POST.get("geste", ""))
    if geste is None:
        raise Http404
    try:
        by_writer(geste)()
    except operations.RechercheRefusee as refus:
        messages.error(request, str(refus))
    return redirect("/mes-recherches/")


def own_searches(request: HttpRequest, filtre: FiltrePostes) -> dict[str, object]:
    """For the pages of lists: nothing for whoever is no interne."""
    visiteur = visiteur_of(request.user)
    if visiteur.interne is None or visiteur.compte is None:
        return {}
    return {
        "recherches": list_recherches(visiteur.compte, filtre.semestre, filtre.amphi, MONTREES),
        "requete": requete_of(filtre),
        "garde_recherches": True,
    }
