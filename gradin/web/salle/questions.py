"""« Besoin d'assistance ? »: the interne's questions and the answers of the ARS, for him alone."""

import secrets

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_http_methods

from gradin.live.ecriture import by_writer
from gradin.live.temps import maintenant_ms
from gradin.operations.demandes.questions import LONGUEUR, ask_question
from gradin.operations.demandes.refus import DemandeRefusee
from gradin.operations.permissions import Interdit
from gradin.queries.questions import own_questions
from gradin.queries.salle import Salle
from gradin.queries.visiteurs import visiteur_of
from gradin.web.public import requete
from gradin.web.salle.acces import contact_of, started_salle

USUELLES = (
    "Je n’arrive pas à choisir un poste.",
    "Ma page ne se met pas à jour.",
    "Mon type de choix n’est pas le bon.",
    "Je dois m’absenter quelques minutes.",
    "Un poste me paraît mal indiqué.",
)


@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: HttpRequest) -> HttpResponse:
    """The fragment alone when the salle asks for it; a page without JavaScript."""
    salle = started_salle(request)
    refus = _ask(request, salle) if request.method == "POST" else ""
    if request.headers.get(requete.FRAGMENT):
        contexte = question_context(salle, request.user.pk) | {
            "refus": refus,
            "ecrit": request.POST.get("texte", "") if refus else "",
        }
        response = render(request, "salle/_questions.html", contexte)
    elif request.method == "POST":
        _say(request, refus)
        return redirect(f"/mon-amphi/questions/?amphi={salle.amphi}")
    else:
        contexte = question_context(salle, request.user.pk) | {"assistance": contact_of(salle)}
        response = render(request, "salle/questions.html", contexte)
    patch_vary_headers(response, [requete.FRAGMENT])
    return response


def question_context(salle: Salle, auteur: int | None) -> dict[str, object]:
    maintenant = maintenant_ms()
    miennes = own_questions(salle.amphi, salle.moi.numero or 0, auteur, maintenant)
    return {
        "salle": salle,
        "questions": miennes,
        "attend": any(question.attend for question in miennes),
        "usuelles": USUELLES,
        "longueur": LONGUEUR,
        "cle_question": secrets.token_urlsafe(16),
    }


def _ask(request: HttpRequest, salle: Salle) -> str:
    """Why it was refused, nothing when it was asked."""
    try:
        by_writer(ask_question)(
            visiteur_of(request.user),
            salle.amphi,
            request.POST.get("usuelle") or request.POST.get("texte", ""),
            pour=salle.moi.numero,
            cle=request.POST.get("cle", "")[:100] or secrets.token_urlsafe(16),
            maintenant=maintenant_ms(),
        )
    except (DemandeRefusee, Interdit) as refus:
        # A procuration may have ended since the page was read.
        return refus.message
    return ""


def _say(request: HttpRequest, refus: str) -> None:
    if refus:
        messages.error(request, refus)
    else:
        messages.success(request, "Votre question est envoyée à l’ARS.")
