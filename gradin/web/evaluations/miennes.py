"""« Mes évaluations »: the stages of an interne, and the questionnaire of one of them."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from gradin.live.ecriture import by_writer
from gradin.operations.evaluations.refus import EvaluationRefusee
from gradin.operations.evaluations.reponses import keep_brouillon, send_evaluation
from gradin.operations.permissions import Interdit
from gradin.operations.permissions_evaluations import check_can_evaluate
from gradin.queries.evaluations.miennes import MonEvaluation, list_stages, read_evaluation
from gradin.queries.visiteurs import visiteur_of
from gradin.web.public import requete

REFUS = 409
BITS = 53


@require_safe
def evaluations(request: HttpRequest) -> HttpResponse:
    stages = list_stages(_own(request), requete.now())
    return render(request, "evaluations/miennes.html", {"stages": stages})


@require_http_methods(["GET", "HEAD", "POST"])
def evaluation(request: HttpRequest, pk: int) -> HttpResponse:
    """Kept at each answer by the page's module, by a button without it; sent once."""
    interne, maintenant = _own(request), requete.now()
    lue = read_evaluation(interne, pk, maintenant)
    if lue is None:
        raise Http404("Ce stage ne s’évalue pas ici.")
    refus = ""
    if request.method == "POST":
        try:
            return _write(request, interne, pk)
        except EvaluationRefusee as erreur:
            refus, lue = erreur.message, read_evaluation(interne, pk, maintenant) or lue
    contexte = {"lue": lue, "lignes": _lines(lue), "refus": refus}
    return render(request, "evaluations/evaluation.html", contexte, status=REFUS if refus else 200)


def _write(request: HttpRequest, interne: int, pk: int) -> HttpResponse:
    dites = {nom: str(valeur) for nom, valeur in request.POST.items()}
    by_writer(keep_brouillon)(interne, pk, dites, requete.now())
    if request.POST.get("geste") != "envoyer":
        if request.headers.get(requete.FRAGMENT):
            return HttpResponse(status=204)
        messages.success(request, "Réponses gardées. Vous pouvez finir plus tard.")
        return redirect("evaluation", pk)
    by_writer(send_evaluation)(interne, pk, dites, requete.now(), _draw)
    messages.success(request, "Évaluation envoyée. Personne ne peut savoir laquelle est la vôtre.")
    return redirect("evaluations")


def _draw() -> int:
    """A key that says nothing of the order."""
    return 1 + secrets.randbits(BITS)


def _lines(lue: MonEvaluation) -> list[tuple[object, str]]:
    return [(question, lue.reponses.get(question.cle, "")) for question in lue.questions]


def _own(request: HttpRequest) -> int:
    try:
        return check_can_evaluate(visiteur_of(request.user))
    except Interdit as interdit:
        raise PermissionDenied(interdit.message) from None
