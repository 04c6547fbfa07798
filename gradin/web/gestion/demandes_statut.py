"""The ARS's pages of statuts and procurations: what waits, settled in one click each."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gradin.live.ecriture import by_writer
from gradin.live.temps import maintenant_ms
from gradin.operations.demandes import statut as operations
from gradin.operations.demandes.presence import record_en_presence
from gradin.operations.demandes.procuration import (
    Contact,
    cancel_procuration,
    read_code,
    record_procuration_papier,
)
from gradin.operations.demandes.refus import DemandeRefusee
from gradin.operations.demandes.representants import allow_several, forbid_several
from gradin.operations.permissions import Interdit, check_can_manage_inscription
from gradin.queries import demandes_ars as queries
from gradin.queries.visiteurs import Visiteur
from gradin.web.compte.champs import Courriel, Saisie, Telephone, Texte
from gradin.web.compte.moi import own_pk
from gradin.web.gestion.acces import enter_gestion, refuse


class Papier(Saisie):
    """What stands on the paper."""

    ine = Texte(longueur=20, label="INE de l’interne")
    courriel = Courriel(label="Courriel du mandataire")
    telephone = Telephone(label="Téléphone du mandataire")
    presence = forms.BooleanField(
        required=False,
        label="Le mandataire est venu\u00a0: j’ai vérifié son identité et il accepte",
        widget=forms.CheckboxInput(attrs={"class": "case"}),
    )
    nom = Texte(
        longueur=160,
        required=False,
        label="Prénom et nom du mandataire",
        help_text="S’il est venu et n’a pas encore de compte.",
    )


@require_safe
def statuts(request: HttpRequest) -> HttpResponse:
    agent = enter_gestion(request)
    contexte = {
        "demandes": queries.list_demandes_statut(agent),
        "traitees": queries.list_settled_statut(agent),
        "aujourdhui": datetime.fromtimestamp(maintenant_ms() / 1000, UTC).date(),
        "ici": "statuts",
    }
    return render(request, "gestion/statuts.html", contexte)


@require_POST
def statut(request: HttpRequest, pk: int) -> HttpResponse:
    agent = enter_gestion(request)
    check_scope(agent, queries.find_inscription_of_demande(pk))
    acte = ACTES_STATUT.get(request.POST.get("acte", ""))
    if acte is None:
        raise Http404
    try:
        messages.success(request, acte(request, pk))
    except DemandeRefusee as refus:
        messages.error(request, refus.message)
    return redirect("gestion-statuts")


def _receive(request: HttpRequest, pk: int) -> str:
    try:
        le = date.fromisoformat(request.POST.get("recus_le", ""))
    except ValueError:
        raise DemandeRefusee("Donnez le jour où les justificatifs sont arrivés.") from None
    by_writer(operations.receive_justificatifs)(pk, le, agent=own_pk(request), maintenant=maintenant_ms())
    return "La date des justificatifs est notée. Aucun document n’est gardé sur la plateforme."


def _accept(request: HttpRequest, pk: int) -> str:
    by_writer(operations.accept_statut)(pk, agent=own_pk(request), maintenant=maintenant_ms())
    return "Changement accepté. Il vaut dès maintenant, même pendant le tour de l’interne, qui en est averti."


def _refuse(request: HttpRequest, pk: int) -> str:
    motif = request.POST.get("motif", "")
    by_writer(operations.refuse_statut)(pk, motif, agent=own_pk(request), maintenant=maintenant_ms())
    return "Changement refusé. L’interne lit votre motif dans son profil."


ACTES_STATUT: dict[str, Callable[[HttpRequest, int], str]] = {
    "recus": _receive,
    "accepter": _accept,
    "refuser": _refuse,
}


@require_http_methods(["GET", "HEAD", "POST"])
def procurations(request: HttpRequest) -> HttpResponse:
    """In force in the scope; POST records one brought on paper."""
    agent = enter_gestion(request)
    formulaire = Papier(request.POST or None)
    code: dict[str, Any] = {}
    if request.method == "POST" and formulaire.is_valid():
        try:
            code = _record(agent, formulaire.cleaned_data)
        except DemandeRefusee as refus:
            formulaire.add_error(refus.champ or None, refus.message)
        else:
            formulaire = Papier()
    contexte = {
        "procurations": queries.list_procurations(agent),
        "representants": queries.list_representants(agent),
        "subdivisions": queries.list_subdivisions(agent),
        "form": formulaire,
        "ici": "procurations",
        **code,
    }
    return render(request, "gestion/procurations.html", contexte)


def _record(agent: Visiteur, lues: dict[str, Any]) -> dict[str, Any]:
    """The code is shown once, to the agent who holds the paper: he gives it to the one who signed.

    No code for a mandataire who came: he has accepted before the agent.
    """
    inscription = queries.find_inscription(lues.pop("ine"))
    try:
        if inscription is None:
            raise Interdit("", absent=True)
        check_can_manage_inscription(agent, inscription)
    except Interdit:
        raise DemandeRefusee("Aucun interne de votre portée n’a cet INE. Vérifiez-le.", champ="ine") from None
    assert agent.compte is not None
    presence, nom = lues.pop("presence"), lues.pop("nom")
    dit = {"enregistree": str(inscription.interne), "pour": lues["courriel"]}
    if presence:
        by_writer(record_en_presence)(
            inscription.pk, Contact(**lues), nom, agent=agent.compte, maintenant=maintenant_ms()
        )
        return dit
    pk = by_writer(record_procuration_papier)(
        inscription.pk, Contact(**lues), agent=agent.compte, maintenant=maintenant_ms()
    )
    return {"code": read_code(pk), **dit}


@require_POST
def annuler(request: HttpRequest, pk: int) -> HttpResponse:
    """`pk`: of the inscription. At the mandant's request; both are told."""
    agent = enter_gestion(request)
    check_scope(agent, queries.find_inscription_by_pk(pk))
    try:
        by_writer(cancel_procuration)(pk, auteur=own_pk(request), maintenant=maintenant_ms())
        messages.success(request, "La procuration est annulée\u00a0: les deux en sont avertis.")
    except DemandeRefusee as refus:
        messages.error(request, refus.message)
    return redirect("gestion-procurations")


@require_POST
def representants(request: HttpRequest) -> HttpResponse:
    """Allows an address to hold several, or no longer."""
    agent = enter_gestion(request)
    siennes = queries.whole_subdivisions(agent)
    retirer, subdivision = request.POST.get("retirer", ""), request.POST.get("subdivision", "")
    if retirer.isdecimal():
        forbid_several(int(retirer), siennes)
        messages.success(request, "C’est noté. Les procurations qu’il détient déjà restent.")
    elif subdivision.isdecimal() and int(subdivision) in siennes and "@" in request.POST.get("courriel", ""):
        allow_several(request.POST["courriel"][:254], int(subdivision), maintenant_ms())
        messages.success(request, "C’est noté\u00a0: cette personne peut détenir plusieurs procurations.")
    else:
        messages.error(request, "Donnez le courriel du représentant et sa subdivision.")
    return redirect("gestion-procurations")


def check_scope(agent: Visiteur, inscription: Any) -> None:
    """Outside his scope it does not exist."""
    if inscription is None:
        raise Http404
    try:
        check_can_manage_inscription(agent, inscription)
    except Interdit as interdit:
        raise refuse(interdit) from None
