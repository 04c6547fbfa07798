"""« Imports »: a file dropped, its differences read before anything is written, its report, its undoing."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gradin.documents.tableur import write_xlsx
from gradin.live.atelier import run_in_atelier
from gradin.live.ecriture import by_writer
from gradin.live.temps import maintenant_ms
from gradin.operations.imports import depots as operations
from gradin.operations.imports.annulation import begin_undo, keep_depot, list_obstacles, undo_depot
from gradin.operations.imports.depots import DepotRefuse
from gradin.operations.permissions import Interdit, check_can_manage_depot
from gradin.queries import depots as queries
from gradin.queries.visiteurs import Visiteur
from gradin.web.gestion.acces import enter_gestion, refuse
from gradin.web.gestion.cockpit import next_deposit
from gradin.web.gestion.colonnes_import import list_attendus
from gradin.web.gestion.forms_imports import Televersement
from gradin.web.public.requete import render_list

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """The form, and the last files; POST receives one and goes to its page."""
    agent = enter_gestion(request)
    formulaire = Televersement(agent, request.POST or None, request.FILES or None, initial=_proposed(request))
    if request.method == "POST" and formulaire.is_valid():
        try:
            pk = by_writer(operations.receive_depot)(agent, maintenant=now(), **formulaire.read())
        except DepotRefuse as refus:
            formulaire.add_error("fichier", refus.message)
        else:
            run_in_atelier(operations.read_depot, pk, sinon=lambda: operations.fail_depot(pk))
            return redirect("gestion-import", pk)
    contexte = {
        "form": formulaire,
        "depots": queries.list_depots(agent, now()),
        "attendus": list_attendus(),
        "ici": "imports",
    }
    return render(request, "gestion/imports.html", contexte)


@require_safe
def depot(request: HttpRequest, pk: int) -> HttpResponse:
    """Whole, or its moving part for the page's module while the file is being read."""
    agent = _own(request, pk)
    lu = queries.read_depot(pk, now())
    contexte = {
        "depot": lu,
        "sections": () if lu.is_busy else queries.list_sections(pk),
        "obstacles": list_obstacles(pk) if lu.etat == "fait" else (),
        "suivant": next_deposit(agent, lu.semestre, lu.subdivision) if lu.etat == "fait" else None,
        "ici": "imports",
    }
    return render_list(request, "gestion/import.html", contexte)


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Every line of the preview, as a spreadsheet."""
    _own(request, pk)
    lignes = [
        (section.titre, *ligne, *[""] * (6 - len(ligne)))
        for section in queries.list_sections(pk, None)
        for ligne in section.lignes
    ]
    entetes = ("Section", *(f"Donnée {n}" for n in range(1, 7)))
    reponse = HttpResponse(write_xlsx("Aperçu", entetes, lignes), content_type=XLSX)
    reponse["Content-Disposition"] = f'attachment; filename="import-{pk}.xlsx"'
    return reponse


@require_POST
def confirmer(request: HttpRequest, pk: int) -> HttpResponse:
    _own(request, pk)
    try:
        by_writer(operations.confirm_depot)(pk, now())
    except DepotRefuse as refus:
        messages.error(request, refus.message)
    else:
        run_in_atelier(operations.write_depot, pk, now(), sinon=lambda: operations.fail_depot(pk))
    return redirect("gestion-import", pk)


@require_POST
def reprendre(request: HttpRequest, pk: int) -> HttpResponse:
    """A stop of the service cut it short: nothing was written, the same file is read again."""
    _own(request, pk)
    try:
        a_lire = by_writer(operations.resume_depot)(pk, now())
    except DepotRefuse as refus:
        messages.error(request, refus.message)
    else:
        if a_lire:
            run_in_atelier(operations.read_depot, pk, sinon=lambda: operations.fail_depot(pk))
        else:
            messages.info(request, "L’annulation n’a pas eu lieu\u202f: l’import est tel qu’avant.")
    return redirect("gestion-import", pk)


@require_POST
def abandonner(request: HttpRequest, pk: int) -> HttpResponse:
    _own(request, pk)
    try:
        by_writer(operations.abandon_depot)(pk)
    except DepotRefuse as refus:
        messages.error(request, refus.message)
        return redirect("gestion-import", pk)
    messages.success(request, "Import abandonné\u202f: rien n’a été enregistré, le fichier est oublié.")
    return redirect("gestion-imports")


@require_POST
def annuler(request: HttpRequest, pk: int) -> HttpResponse:
    """What it created goes, what it replaced comes back; refused with its reason once it has served."""
    _own(request, pk)
    try:
        by_writer(begin_undo)(pk, now())
    except DepotRefuse as refus:
        messages.error(request, f"Cet import n’est pas annulé. {refus.message}")
    else:
        run_in_atelier(undo_depot, pk, now(), sinon=lambda: keep_depot(pk))
    return redirect("gestion-import", pk)


def now() -> datetime:
    return datetime.fromtimestamp(maintenant_ms() / 1000, UTC)


def _proposed(request: HttpRequest) -> dict[str, str]:
    return {nom: request.GET[nom] for nom in ("nature", "semestre") if nom in request.GET}


def _own(request: HttpRequest, pk: int) -> Visiteur:
    agent = enter_gestion(request)
    try:
        check_can_manage_depot(agent, pk)
    except Interdit as interdit:
        raise refuse(interdit) from None
    return agent
