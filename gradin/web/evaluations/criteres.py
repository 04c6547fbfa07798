"""« Critères de stage »: what this region follows of its services, and the file that brings the values."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gradin.domain.nombres import count_mots
from gradin.live.atelier import ask_atelier
from gradin.live.ecriture import by_writer
from gradin.operations.imports.anomalies import FichierRefuse
from gradin.operations.permissions import Interdit, can_write_referentiels
from gradin.operations.services.criteres import (
    CritereRefuse,
    add_critere,
    import_received,
    remove_critere,
)
from gradin.queries.services.criteres import list_criteres
from gradin.queries.visiteurs import Visiteur
from gradin.web.evaluations.forms import CritereSaisi, CriteresFichier
from gradin.web.gestion.acces import enter_gestion, refuse

REFUS, DITES = 409, 20


@require_http_methods(["GET", "HEAD", "POST"])
def criteres(request: HttpRequest) -> HttpResponse:
    agent, geste = enter_gestion(request), request.POST.get("geste", "")
    saisie = CritereSaisi(request.POST if geste == "ajouter" else None)
    fichier = CriteresFichier(*((request.POST, request.FILES) if geste == "importer" else ()))
    anomalies: list[str] = []
    if request.method == "POST":
        try:
            if _act(request, agent, geste, saisie, fichier):
                return redirect("gestion-criteres")
        except Interdit as interdit:
            raise refuse(interdit) from None
        except CritereRefuse as refus:
            saisie.add_error("nom", refus.message)
        except FichierRefuse as refus:
            anomalies = [str(une) for une in refus.anomalies[:DITES]]
    contexte = {
        "ici": "criteres",
        "criteres": list_criteres(),
        "form": saisie,
        "fichier": fichier,
        "anomalies": anomalies,
        "peut": can_write_referentiels(agent),
    }
    return render(
        request, "evaluations/criteres.html", contexte, status=REFUS if request.method == "POST" else 200
    )


def _act(
    request: HttpRequest, agent: Visiteur, geste: str, saisie: CritereSaisi, fichier: CriteresFichier
) -> bool:
    """False when what was typed has to be mended."""
    if geste == "ajouter" and saisie.is_valid():
        by_writer(add_critere)(agent, **saisie.cleaned_data)
        messages.success(request, "Critère ajouté. Importez maintenant ses valeurs, service par service.")
        return True
    if geste == "importer" and fichier.is_valid():
        recu = fichier.cleaned_data["fichier"]
        rapport = ask_atelier(import_received)(agent, recu.name, recu.read())
        lues = count_mots(rapport.lignes, "valeur lue", "valeurs lues")
        suite = f"{lues}, {rapport.crees} nouvelles, {rapport.modifies} changées."
        if rapport.colonnes_inconnues:
            suite += f" Colonnes laissées de côté\u00a0: {', '.join(rapport.colonnes_inconnues)}."
        messages.success(request, suite.capitalize())
        return True
    retire = geste.removeprefix("retirer-")
    if geste.startswith("retirer-") and retire.isdecimal() and len(retire) < 19:
        by_writer(remove_critere)(agent, int(retire))
        messages.success(request, "Critère retiré, avec ses valeurs.")
        return True
    return False
