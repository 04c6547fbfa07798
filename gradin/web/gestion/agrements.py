"""« Agréments » of the ARS: those that end soon, campaigns, the whole list, the import of a file."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from gradin.live.atelier import ask_atelier
from gradin.live.ecriture import by_writer
from gradin.live.temps import maintenant_ms
from gradin.operations.agrements.campagnes import open_campagne
from gradin.operations.agrements.decisions import set_etat
from gradin.operations.agrements.imports import ENTETES, import_agrements
from gradin.operations.agrements.refus import AgrementRefuse
from gradin.operations.appariement.imports import tell
from gradin.operations.imports.anomalies import FichierRefuse
from gradin.operations.permissions import Interdit
from gradin.queries.agrements import campagnes as queries
from gradin.queries.agrements.liste import (
    ETATS,
    EXPIRE,
    FiltreAgrements,
    find_agrements,
    read_agrements,
    subdivision_of,
)
from gradin.queries.visiteurs import Visiteur
from gradin.web.agrements.liste import PAR_PAGE, QUAND, read_filtre, today
from gradin.web.gestion.acces import enter_gestion, refuse
from gradin.web.gestion.forms_agrements import NouvelleCampagne
from gradin.web.public import requete

ICI = "agrements"
GET_POST = ["GET", "HEAD", "POST"]


@require_http_methods(GET_POST)
def agrements(request: HttpRequest) -> HttpResponse:
    agent = enter_gestion(request)
    lieux = queries.list_lieux(agent)
    formulaire = NouvelleCampagne(request.POST or None, lieux=lieux, jour=today())
    if request.method == "POST" and formulaire.is_valid():
        try:
            pk = by_writer(open_campagne)(formulaire.saisie(), agent, maintenant_ms())
            messages.success(request, "La campagne est créée\u00a0: relisez ses dossiers, puis envoyez-les.")
            return redirect("gestion-agrements-campagne", pk)
        except AgrementRefuse as refus:
            formulaire.add_error(refus.champ or None, refus.message)
        except Interdit as interdit:
            raise refuse(interdit) from None
    contexte = {"ici": ICI, "form": formulaire, "lieux": lieux, "campagnes": queries.list_campagnes(agent)}
    return render(request, "gestion/agrements.html", contexte | _list(request, agent))


@require_http_methods(GET_POST)
def importer(request: HttpRequest) -> HttpResponse:
    agent = enter_gestion(request)
    lieux = queries.list_lieux(agent)
    erreurs: tuple[str, ...] = ()
    if request.method == "POST":
        try:
            _import(request, agent, lieux)
            return redirect("gestion-agrements")
        except FichierRefuse as refus:
            erreurs = tell(refus)
        except AgrementRefuse as refus:
            erreurs = (refus.message,)
        except Interdit as interdit:
            raise refuse(interdit) from None
    contexte = {"ici": ICI, "lieux": lieux, "entetes": ENTETES, "erreurs": erreurs}
    return render(request, "gestion/agrements_import.html", contexte, status=409 if erreurs else 200)


@require_POST
def etat(request: HttpRequest, pk: int) -> HttpResponse:
    """Suspends, withdraws or makes valid again."""
    agent = enter_gestion(request)
    if subdivision_of(pk) not in queries.whole(agent):
        raise Http404
    try:
        by_writer(set_etat)(
            pk, request.POST.get("etat", ""), request.POST.get("motif", ""), agent, maintenant_ms()
        )
        messages.success(request, "L’état de l’agrément est changé.")
    except AgrementRefuse as refus:
        messages.error(request, refus.message)
    return redirect("gestion-agrements")


def _import(request: HttpRequest, agent: Visiteur, lieux: tuple[tuple[int, str], ...]) -> None:
    recu, voulu = request.FILES.get("fichier"), request.POST.get("subdivision", "")
    lieu = next((pk for pk, _ in lieux if str(pk) == voulu), lieux[0][0] if len(lieux) == 1 else None)
    if recu is None:
        raise AgrementRefuse("Choisissez un fichier XLSX ou CSV.")
    if lieu is None:
        raise AgrementRefuse("Choisissez la subdivision de ces agréments.")
    rapport = ask_atelier(import_agrements)(lieu, recu.name or "", recu.read(), agent, maintenant_ms())
    messages.success(
        request, f"{rapport.lignes} lignes lues\u00a0: {rapport.crees} ajoutées, {rapport.modifies} changées."
    )


def _list(request: HttpRequest, agent: Visiteur) -> dict[str, Any]:
    """`proches`: those that end within six months, told first."""
    lieux, jour = queries.whole(agent), today()
    rows = find_agrements(read_filtre(request, lieux), jour)
    page: Page[Any] = Paginator(rows, PAR_PAGE).get_page(requete.read_number(request, "page", 1))
    lus: Any = page.object_list
    page.object_list = read_agrements(lus, jour)
    proches = find_agrements(FiltreAgrements(quand=EXPIRE, subdivisions=lieux), jour).count()
    return {
        "page": page,
        "filtre": read_filtre(request, lieux),
        "quand": requete.segments(request, "quand", QUAND),
        "base": requete.base(request),
        "proches": proches,
        "etats": ETATS,
    }
