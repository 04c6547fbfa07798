"""What internes are asked: a questionnaire for all, one for each DES that wants its own."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from gradin.live.ecriture import by_writer
from gradin.operations.evaluations.questionnaires import write_questionnaire
from gradin.operations.evaluations.refus import EvaluationRefusee
from gradin.operations.permissions import Interdit
from gradin.operations.permissions_evaluations import can_write_questionnaire
from gradin.queries.evaluations.questionnaires import (
    GENERAL,
    find_des,
    find_questionnaire,
    list_questionnaires,
)
from gradin.web.evaluations.acces import enter, frame
from gradin.web.evaluations.forms import Questions, initial_of, ordered
from gradin.web.public import requete

REFUS = 409


@require_safe
def questionnaires(request: HttpRequest) -> HttpResponse:
    visiteur = enter(request)
    contexte = frame(visiteur, "questionnaires") | {"questionnaires": list_questionnaires()}
    return render(request, "evaluations/questionnaires.html", contexte)


@require_http_methods(["GET", "HEAD", "POST"])
def questionnaire(request: HttpRequest, code: str) -> HttpResponse:
    """Readable by all who follow; written by who holds its DES. A DES starts from the general one."""
    visiteur, lu = enter(request), find_questionnaire(code)
    general = find_questionnaire(GENERAL)
    if lu is None or general is None:
        raise Http404
    depart = lu.questions or general.questions
    lignes = Questions(request.POST or None, initial=initial_of(depart), prefix="q")
    refus = ""
    if request.method == "POST" and lignes.is_valid():
        try:
            version = by_writer(write_questionnaire)(
                visiteur, "" if code == GENERAL else code, ordered(lignes), requete.now()
            )
        except Interdit as interdit:
            raise PermissionDenied(interdit.message) from None
        except EvaluationRefusee as erreur:
            refus = erreur.message
        else:
            messages.success(request, f"Version {version} enregistrée.")
            return redirect("gestion-questionnaire", code)
    contexte = frame(visiteur, "questionnaires") | {
        "lu": lu,
        "lignes": lignes,
        "peut": can_write_questionnaire(visiteur, None if code == GENERAL else find_des(code)),
        "refus": refus,
    }
    return render(request, "evaluations/questionnaire.html", contexte, status=REFUS if refus else 200)
