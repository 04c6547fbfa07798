"""What an agent mends in a campaign of matching: its minima and seats, a seat that could not be given."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gradin.live.ecriture import by_writer
from gradin.live.temps import maintenant_ms
from gradin.operations.appariement.parametres import check_no_round_runs, set_parametres
from gradin.operations.appariement.refus import AppariementRefuse
from gradin.operations.appariement.resultats import give_place
from gradin.operations.appariement.retrait import is_unanswered
from gradin.queries.appariement import campagnes as queries
from gradin.queries.appariement.places import list_actes, list_capacites, list_unplaced
from gradin.web.appariement.acces import instant
from gradin.web.gestion.appariement import context_of, enter_campagne
from gradin.web.gestion.forms_appariement import Parametres

GET_POST = ["GET", "HEAD", "POST"]


@require_http_methods(GET_POST)
def campagne(request: HttpRequest, pk: int) -> HttpResponse:
    """A campaign: its rounds, its files, the seats that wait for the ARS."""
    agent = enter_campagne(request, pk)
    en_attente = list_unplaced(pk)
    if request.method == "POST":
        voulu = request.POST.get("resultat", "")
        place = next((une for une in en_attente if str(une.resultat) == voulu), None)
        try:
            if place is None:
                raise AppariementRefuse("Cette place n’attend plus rien. Relisez la page.")
            by_writer(give_place)(place.resultat, agent, maintenant_ms())
            messages.success(request, f"{place.nom}\u00a0: l’affectation est donnée.")
        except AppariementRefuse as refus:
            messages.error(request, refus.message)
        return redirect("gestion-appariement-campagne", pk)
    contexte = context_of(
        pk,
        fichiers=queries.list_files(pk, instant()),
        donnes=queries.count_given(pk),
        en_attente=en_attente,
        actes=list_actes(pk),
        retirable=is_unanswered(pk),
    )
    return render(request, "gestion/appariement_campagne.html", contexte)


@require_http_methods(GET_POST)
def parametres(request: HttpRequest, pk: int) -> HttpResponse:
    """Read only while a round runs, with the reason."""
    agent = enter_campagne(request, pk)
    lue = queries.read_campagne(pk, instant())
    depart = {nom: getattr(lue, nom) for nom in ("notes_au_moins", "part_notee", "part_classee")}
    formulaire = Parametres(
        request.POST or None,
        capacites=list_capacites(pk),
        initial=depart | {"priorite_locale": lue.priorite_locale},
    )
    if ferme := _why_closed(pk):
        formulaire.close()
    if request.method == "POST" and formulaire.is_valid():
        try:
            nombre = by_writer(set_parametres)(
                pk, formulaire.minima(), formulaire.places(), agent, maintenant_ms()
            )
            messages.success(request, "Enregistré." if nombre else "Rien n’a changé.")
            return redirect("gestion-appariement-campagne", pk)
        except AppariementRefuse as refus:
            formulaire.add_error(None, refus.message)
    contexte = context_of(pk, form=formulaire, ferme=ferme)
    return render(request, "gestion/appariement_parametres.html", contexte)


def _why_closed(pk: int) -> str:
    try:
        check_no_round_runs(pk, maintenant_ms())
    except AppariementRefuse as refus:
        return refus.message
    return ""
