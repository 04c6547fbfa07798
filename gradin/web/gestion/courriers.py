"""« Courriels »: what left, what was refused, what waits; send again, or say that an address is wrong."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from gradin.live.ecriture import by_writer
from gradin.live.temps import maintenant_ms
from gradin.operations.courriers import mark_wrong, relancer
from gradin.operations.permissions import Interdit, check_can_manage_envoi
from gradin.queries.envois import EtatEnvoi, count_envois, list_envois
from gradin.web.gestion.acces import enter_gestion, refuse
from gradin.web.public import requete

PAR_PAGE = 50
VUES = (
    ("", "Tous"),
    (EtatEnvoi.EN_ATTENTE, "En attente"),
    (EtatEnvoi.ENVOYE, "Partis"),
    (EtatEnvoi.REFUSE, "Refusés"),
    (EtatEnvoi.ABANDONNE, "Abandonnés"),
    (EtatEnvoi.ERRONE, "Adresse erronée"),
)


@require_safe
def courriels(request: HttpRequest) -> HttpResponse:
    agent = enter_gestion(request)
    demande = request.GET.get("etat", "")
    etat = EtatEnvoi(demande) if demande in set(EtatEnvoi) else None
    q, page = requete.read_words(request), max(1, requete.read_number(request, "page", 1))
    total, lus = list_envois(agent, etat, q, page, PAR_PAGE)
    comptes = count_envois(agent)
    mots = tuple((vue, f"{mot} ({comptes.get(EtatEnvoi(vue), 0)})" if vue else mot) for vue, mot in VUES)
    contexte = {
        "envois": lus,
        "q": q,
        "etat": etat,
        "vues": mots,
        # Only its numbers are used: the rows of the page are read already.
        "page": Paginator(range(total), PAR_PAGE).get_page(page),
        "base": requete.base(request),
        "ici": "courriels",
    }
    return render(request, "gestion/courriels.html", contexte)


@require_POST
def renvoyer(request: HttpRequest, pk: int) -> HttpResponse:
    """« Relancer »: a mail of a choice goes to the address that the interne has now."""
    _own(request, pk)
    if by_writer(relancer)(pk, maintenant_ms()):
        messages.success(request, "Le courriel repart dans quelques secondes.")
    else:
        messages.error(request, "Ce courriel est déjà parti, ou attend déjà.")
    return redirect("gestion-courriels")


@require_POST
def erroner(request: HttpRequest, pk: int) -> HttpResponse:
    courriel = _own(request, pk)
    if by_writer(mark_wrong)(pk, courriel, maintenant_ms()):
        messages.success(request, "L’adresse est notée erronée. Corrigez-la, puis relancez le courriel.")
    else:
        messages.error(request, "Ce courriel n’est pas parti\u00a0: rien à noter.")
    return redirect("gestion-courriels")


def _own(request: HttpRequest, pk: int) -> str:
    """The agent's own address; outside his scope the mail does not exist."""
    agent = enter_gestion(request)
    try:
        check_can_manage_envoi(agent, pk)
    except Interdit as interdit:
        raise refuse(interdit) from None
    return agent.courriel
