"""The files of sites and candidates: their differences read first, then applied or forgotten, and undone."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gradin.live.atelier import ask_atelier
from gradin.live.ecriture import by_writer
from gradin.live.temps import maintenant_ms
from gradin.operations.appariement import depots as operations
from gradin.operations.appariement.annulation import list_obstacles, undo
from gradin.operations.appariement.imports import ENTETES, tell
from gradin.operations.appariement.refus import AppariementRefuse
from gradin.operations.imports.anomalies import FichierRefuse
from gradin.queries.appariement.depots import DepotAppariementLu, find_depot, list_last_depots
from gradin.queries.visiteurs import Visiteur
from gradin.web.gestion.appariement import context_of, enter_campagne

GET_POST = ["GET", "HEAD", "POST"]
QUOI = {"sites": "Sites", "candidats": "Candidats"}
DITS = {
    "confirmer": "Le fichier est enregistré.",
    "abandonner": "Fichier oublié\u202f: rien n’a été enregistré.",
    "annuler": "Import annulé\u202f: ce qu’il avait créé a disparu, ce qu’il avait remplacé est revenu.",
}


@require_http_methods(GET_POST)
def importer(request: HttpRequest, pk: int, quoi: str) -> HttpResponse:
    """Reads the file and goes to its differences; nothing is written before they are confirmed."""
    agent = enter_campagne(request, pk)
    if quoi not in QUOI:
        raise Http404
    erreurs: tuple[str, ...] = ()
    if request.method == "POST":
        try:
            depot = _receive(request, pk, quoi, agent)
            if depot is not None:
                return redirect("gestion-appariement-depot", pk, depot)
            messages.info(request, "Ce fichier dit la même chose que la campagne\u202f: rien à enregistrer.")
            return redirect("gestion-appariement-campagne", pk)
        except FichierRefuse as refus:
            erreurs = tell(refus)
        except AppariementRefuse as refus:
            erreurs = (refus.message,)
    contexte = context_of(
        pk,
        quoi=quoi,
        titre=QUOI[quoi],
        entetes=ENTETES[quoi],
        erreurs=erreurs,
        depots=list_last_depots(pk, quoi),
    )
    return render(request, "gestion/appariement_import.html", contexte)


@require_http_methods(GET_POST)
def depot(request: HttpRequest, pk: int, depot: int) -> HttpResponse:
    """One file: what it changes; a gesture confirms, forgets or undoes it."""
    agent = enter_campagne(request, pk)
    lu = find_depot(pk, depot)
    if lu is None:
        raise Http404
    if request.method == "POST":
        geste = request.POST.get("geste", "")
        try:
            _act(geste, lu, agent)
            messages.success(request, DITS[geste])
        except AppariementRefuse as refus:
            messages.error(request, refus.message)
        except FichierRefuse as refus:
            messages.error(request, " ".join(tell(refus)))
        return redirect("gestion-appariement-depot", pk, depot)
    contexte = context_of(
        pk, depot=lu, titre=QUOI[lu.quoi], obstacles=list_obstacles(depot) if lu.etat == "fait" else ()
    )
    return render(request, "gestion/appariement_depot.html", contexte)


def _receive(request: HttpRequest, pk: int, quoi: str, agent: Visiteur) -> int | None:
    recu = request.FILES.get("fichier")
    if recu is None:
        raise AppariementRefuse("Choisissez un fichier XLSX ou CSV.")
    return ask_atelier(operations.receive)(pk, quoi, recu.name or "", recu.read(), agent, maintenant_ms())


def _act(geste: str, lu: DepotAppariementLu, agent: Visiteur) -> None:
    match geste:
        case "confirmer":
            ask_atelier(operations.confirm)(lu.pk, agent, maintenant_ms())
        case "abandonner":
            by_writer(operations.abandon)(lu.pk, agent)
        case "annuler":
            ask_atelier(undo)(lu.pk, agent, maintenant_ms())
        case _:
            raise AppariementRefuse("Choisissez ce qu’il faut faire de ce fichier.")
