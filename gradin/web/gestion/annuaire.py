"""The directory: the ARS's own contact, which every message sending people to it gives, and the others."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from gradin.live.ecriture import by_writer
from gradin.operations import publications as operations
from gradin.operations.permissions import Interdit, can_publish, check_can_publish
from gradin.queries import publications as lues
from gradin.queries.publications import ContactLu
from gradin.queries.visiteurs import Visiteur
from gradin.web.gestion.acces import enter_gestion, refuse, sign
from gradin.web.gestion.saisies_publications import CoordonneesArs, FormulaireContact

GET_POST = ["GET", "HEAD", "POST"]


@require_http_methods(GET_POST)
def ars(request: HttpRequest, pk: int) -> HttpResponse:
    """`pk` names the subdivision."""
    agent = enter_gestion(request)
    _check(agent, pk)
    actuel = next((lu for lu in lues.list_ars(agent) if lu.subdivision_pk == pk), None)
    if actuel is None:
        raise Http404
    formulaire = CoordonneesArs(request.POST or None, initial=_filled(actuel))
    if request.method == "POST" and formulaire.is_valid():
        by_writer(operations.set_ars_contact)(pk, **formulaire.cleaned_data, signature=sign(agent))
        messages.success(request, "Le contact de l’ARS est enregistré, partout où on le lit.")
        return redirect("gestion-informations")
    return _show(request, formulaire, f"Le contact de l’ARS, {actuel.subdivision}", None)


@require_http_methods(GET_POST)
def ajouter(request: HttpRequest) -> HttpResponse:
    agent = enter_gestion(request)
    if not lues.whole_subdivisions(agent):
        raise Http404
    return _edit(request, agent, None)


@require_http_methods(GET_POST)
def changer(request: HttpRequest, pk: int) -> HttpResponse:
    agent = enter_gestion(request)
    return _edit(request, agent, _own(agent, pk))


@require_POST
def retirer(request: HttpRequest, pk: int) -> HttpResponse:
    agent = enter_gestion(request)
    _own(agent, pk)
    by_writer(operations.delete_contact)(pk, sign(agent))
    messages.success(request, "Le contact est supprimé.")
    return redirect("gestion-informations")


def _edit(request: HttpRequest, agent: Visiteur, contact: ContactLu | None) -> HttpResponse:
    depart = _filled(contact) if contact else {}
    formulaire = FormulaireContact(request.POST or None, initial=depart, cadres=lues.list_cadres(agent))
    if request.method == "POST" and formulaire.is_valid():
        if can_publish(agent, formulaire.cleaned_data["subdivision"]):
            pk = contact.pk if contact else None
            by_writer(operations.save_contact)(pk, formulaire.saisi(), sign(agent))
            messages.success(request, "Le contact est enregistré.")
            return redirect("gestion-informations")
        formulaire.add_error("subdivision", "Choisissez une subdivision de votre périmètre.")
    titre = "Changer un contact" if contact else "Ajouter un contact"
    return _show(request, formulaire, titre, contact.pk if contact else None)


def _own(agent: Visiteur, pk: int) -> ContactLu:
    contact = lues.find_contact(pk)
    if contact is None:
        raise Http404
    _check(agent, contact.subdivision_pk)
    return contact


def _check(agent: Visiteur, subdivision: int) -> None:
    try:
        check_can_publish(agent, subdivision)
    except Interdit as interdit:
        raise refuse(interdit) from None


def _filled(lu: ContactLu) -> dict[str, Any]:
    noms = ("nom", "sujet", "courriel", "telephone", "horaires", "ordre")
    return {"subdivision": lu.subdivision_pk, **{nom: getattr(lu, nom) for nom in noms}}


def _show(request: HttpRequest, formulaire: forms.Form, titre: str, pk: int | None) -> HttpResponse:
    contexte = {"form": formulaire, "titre": titre, "pk": pk, "ici": "informations"}
    return render(request, "gestion/contact.html", contexte)
