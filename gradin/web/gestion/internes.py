"""One interne's page for the ARS: the roster, its history, the voice on the telephone, his link again."""

import secrets
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from gradin.live.ecriture import by_writer
from gradin.operations.comptes.demandes import invite_interne
from gradin.operations.comptes.refus import CompteRefuse
from gradin.operations.comptes.sessions import end_sessions
from gradin.operations.comptes.telephone import check_code, check_reponse
from gradin.operations.comptes.verrous import lift_verrou
from gradin.queries.fiches import demandes_of, has_compte
from gradin.queries.historique import historique_of
from gradin.queries.individuelles.lecture import list_own
from gradin.queries.profils import read_profil
from gradin.queries.verrous import verrou_of
from gradin.queries.visiteurs import Visiteur
from gradin.web.compte.profil import now
from gradin.web.gestion.acces import enter_interne, watch_reading
from gradin.web.gestion.forms import Invitation


@require_safe
def fiche(request: HttpRequest, pk: int) -> HttpResponse:
    agent = enter_interne(request, pk)
    if trop := watch_reading(request, agent, f"interne={pk}"):
        return trop
    return _render(request, pk, Invitation(initial={"courriel": read_profil(pk).courriel}))


@sensitive_post_parameters()
@require_POST
def verifier(request: HttpRequest, pk: int) -> HttpResponse:
    """The agent types what he hears; the answer is yes or no."""
    agent = enter_interne(request, pk)
    try:
        juste, quoi = _check(request, pk, agent, now())
    except CompteRefuse as refus:
        messages.error(request, refus.message)
    else:
        if juste:
            messages.success(request, f"Oui\u00a0: {quoi} est juste.")
        else:
            messages.error(request, f"Non\u00a0: {quoi} n’est pas juste. Ne donnez aucune information.")
    return redirect("gestion-interne", pk)


@require_POST
def inviter(request: HttpRequest, pk: int) -> HttpResponse:
    agent = enter_interne(request, pk)
    formulaire = Invitation(request.POST)
    if not formulaire.is_valid():
        return _render(request, pk, formulaire)
    courriel = formulaire.cleaned_data["courriel"]
    try:
        by_writer(invite_interne)(pk, courriel, agent, secret=secrets.token_urlsafe(24), maintenant=now())
    except CompteRefuse as refus:
        formulaire.add_error("courriel", refus.message)
        return _render(request, pk, formulaire)
    messages.success(request, f"Le lien d’inscription part vers {courriel}.")
    return redirect("gestion-interne", pk)


@require_POST
def fermer(request: HttpRequest, pk: int) -> HttpResponse:
    """« Fermer ses sessions »: he signs in again with his password."""
    agent = enter_interne(request, pk)
    nombre = by_writer(end_sessions)(pk, agent, maintenant=now())
    messages.success(request, f"Sessions fermées\u00a0: {nombre}.")
    return redirect("gestion-interne", pk)


@require_POST
def debloquer(request: HttpRequest, pk: int) -> HttpResponse:
    """« Lever le blocage » of sign-in, after too many wrong passwords."""
    agent = enter_interne(request, pk)
    try:
        by_writer(lift_verrou)(pk, agent, maintenant=now())
        messages.success(request, "Le blocage est levé\u00a0: il peut se connecter dès maintenant.")
    except CompteRefuse as refus:
        messages.error(request, refus.message)
    return redirect("gestion-interne", pk)


def _check(request: HttpRequest, pk: int, agent: Visiteur, maintenant: datetime) -> tuple[bool, str]:
    if "code" in request.POST:
        juste = by_writer(check_code)(pk, request.POST["code"][:20], agent, maintenant=maintenant)
        return juste, "ce code"
    dite = request.POST.get("reponse", "")[:200]
    return by_writer(check_reponse)(pk, dite, agent, maintenant=maintenant), "cette réponse"


def _render(request: HttpRequest, pk: int, formulaire: Invitation) -> HttpResponse:
    contexte = {
        "pk": pk,
        "profil": read_profil(pk),
        "inscrit": has_compte(pk),
        "verrou": verrou_of(pk, now()),
        "historique": historique_of(pk),
        "demandes": demandes_of(pk),
        "situations": list_own(pk),
        "form": formulaire,
        "ici": "internes",
    }
    return render(request, "gestion/interne.html", contexte)
