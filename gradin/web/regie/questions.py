"""The queue of questions from internes: read live, answered in place."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from gradin.live.ecriture import by_writer
from gradin.live.temps import maintenant_ms
from gradin.operations.demandes.questions import answer_and_pause, answer_question
from gradin.operations.demandes.refus import DemandeRefusee
from gradin.operations.permissions import Interdit
from gradin.queries.questions import QuestionLue, answered_questions, waiting_questions
from gradin.web.public import requete
from gradin.web.regie.acces import enter, to_console

# This one is a promise: sending it pauses the amphi.
EN_PAUSE = "Nous mettons l’amphithéâtre en pause\u202f; votre temps est gardé."
PRETES = (
    "Nous nous en occupons\u00a0: restez sur cette page.",
    EN_PAUSE,
    "Rechargez la page\u00a0: votre place et votre temps ne bougent pas.",
    "Appelez-nous, nous réglons cela ensemble.",
)


def queue_context(questions: tuple[QuestionLue, ...]) -> dict[str, object]:
    """For `regie/_questions.html`."""
    return {"questions": questions, "pretes": PRETES, "pause_dite": EN_PAUSE}


@require_safe
def questions(request: HttpRequest, pk: int) -> HttpResponse:
    """What the console asks again every few seconds."""
    entree = enter(request, pk)
    contexte = {
        "amphi": entree.row,
        "repondues": answered_questions(pk, entree.maintenant),
        **queue_context(waiting_questions((pk,), entree.maintenant)),
    }
    gabarit = "regie/_questions.html" if request.headers.get(requete.FRAGMENT) else "regie/questions.html"
    return render(request, gabarit, contexte)


@require_POST
def repondre(request: HttpRequest, pk: int, question: int) -> HttpResponse:
    entree = enter(request, pk)
    fragment = bool(request.headers.get(requete.FRAGMENT))
    texte = request.POST.get("prete") or request.POST.get("texte", "")
    refus = ""
    try:
        by_writer(answer_and_pause if texte == EN_PAUSE else answer_question)(
            entree.visiteur, question, texte, maintenant=maintenant_ms()
        )
    except DemandeRefusee as dit:
        refus = dit.message
    except Interdit:
        raise Http404 from None
    if fragment:
        return HttpResponse(refus, content_type="text/plain; charset=utf-8", status=409 if refus else 200)
    (messages.error if refus else messages.success)(request, refus or "La réponse est envoyée.")
    return redirect("regie") if request.POST.get("retour") == "regie" else to_console(pk)
