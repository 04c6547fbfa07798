"""« Mon profil », « Mon classement »: one's own, and nobody else's."""

import secrets
from datetime import UTC, datetime
from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.hashers import make_password
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from gradin.live.ecriture import by_writer
from gradin.live.temps import maintenant_ms
from gradin.operations.comptes import courriel as courriels
from gradin.operations.comptes.profil import fold_reponse, set_coordonnees, set_question
from gradin.operations.comptes.refus import CompteRefuse
from gradin.queries.classement import list_classements
from gradin.queries.demandes import read_statut
from gradin.queries.individuelles.lecture import list_accepted
from gradin.queries.parcours.mienne import prove_own
from gradin.queries.profils import ProfilLu, freeze_of, list_ufr, pending_courriel, read_profil
from gradin.queries.visiteurs import Visiteur, visiteur_of
from gradin.web.compte.dessin import draw_classement
from gradin.web.compte.saisies import ChangementCourriel, ChangementQuestion, Coordonnees

GET_POST = ["GET", "HEAD", "POST"]


@require_safe
def profil(request: HttpRequest) -> HttpResponse:
    visiteur = visiteur_of(request.user)
    lu = read_profil(visiteur.interne) if visiteur.interne else None
    return render(
        request,
        "compte/profil.html",
        {
            "visiteur": visiteur,
            "profil": lu,
            "statut": read_statut(visiteur.interne) if visiteur.interne else None,
            "courriel_attendu": pending_courriel(visiteur.compte, now()) if visiteur.compte else "",
            "assistance": contact_of(lu),
            **_freeze(visiteur),
        },
    )


@require_safe
def classement(request: HttpRequest) -> HttpResponse:
    visiteur = visiteur_of(request.user)
    lus = list_classements(visiteur.interne) if visiteur.interne else ()
    lu = read_profil(visiteur.interne) if visiteur.interne else None
    contexte = {
        "rang_prouve": prove_own(visiteur.interne) if visiteur.interne and lus else None,
        "classements": [draw_classement(un) for un in lus],
        "situations": list_accepted(visiteur.interne) if visiteur.interne else (),
        "assistance": contact_of(lu),
    }
    return render(request, "compte/classement.html", contexte)


@require_http_methods(GET_POST)
def coordonnees(request: HttpRequest) -> HttpResponse:
    visiteur, lu = own_profil(request)
    ufr = list_ufr()
    actuel = {"telephone": lu.telephone, "adresse": lu.adresse, "ufr": _ufr_of(lu, ufr)}
    formulaire = Coordonnees(request.POST or None, initial=actuel, ufr=ufr)
    if request.method == "POST" and formulaire.is_valid():
        by_writer(set_coordonnees)(
            lu.interne, **formulaire.cleaned_data, auteur=visiteur.courriel, maintenant=now()
        )
        messages.success(request, "Vos coordonnées sont enregistrées.")
        return redirect("profil")
    return _form(request, formulaire, "Mes coordonnées", "Enregistrer mes coordonnées")


@sensitive_post_parameters()
@require_http_methods(GET_POST)
def courriel(request: HttpRequest) -> HttpResponse:
    visiteur, _ = own_profil(request)
    gel = _freeze(visiteur)
    if request.POST.get("acte") == "renoncer":
        assert visiteur.compte is not None
        by_writer(courriels.forget_courriel)(visiteur.compte, maintenant=now())
        messages.success(request, "Le changement de courriel est abandonné. Votre adresse reste la même.")
        return redirect("profil")
    formulaire = ChangementCourriel(request.POST or None, compte=request.user)
    if request.method == "POST" and not gel["gel"]:
        if (trop := _too_many(request)) is not None:
            return trop
        if formulaire.is_valid():
            try:
                _ask_courriel(visiteur, formulaire.cleaned_data["courriel"])
            except CompteRefuse as refus:
                formulaire.add_error(refus.champ, refus.message)
            else:
                messages.success(
                    request,
                    "Un lien vient de partir vers la nouvelle adresse. Elle devient la vôtre "
                    "quand vous l’ouvrez\u202f; d’ici là, rien ne change.",
                )
                return redirect("profil")
    return render(request, "compte/courriel.html", {"form": formulaire, "visiteur": visiteur, **gel})


@sensitive_post_parameters()
@require_http_methods(GET_POST)
def question(request: HttpRequest) -> HttpResponse:
    visiteur, lu = own_profil(request)
    formulaire = ChangementQuestion(request.POST or None, compte=request.user)
    if request.method == "POST":
        if (trop := _too_many(request)) is not None:
            return trop
        if formulaire.is_valid():
            lues = formulaire.cleaned_data
            by_writer(set_question)(
                lu.interne,
                question=lues["question"],
                reponse=make_password(fold_reponse(lues["reponse"])),
                auteur=visiteur.courriel,
                maintenant=now(),
            )
            messages.success(request, "Votre question secrète est enregistrée.")
            return redirect("profil")
    return _form(request, formulaire, "Ma question secrète", "Enregistrer ma question")


@login_not_required
@require_http_methods(GET_POST)
def confirmer_courriel(request: HttpRequest, lien: str) -> HttpResponse:
    """A click confirms, not the opening of the address: mail servers open addresses too."""
    secret = secrets.token_urlsafe(24)
    return _lien(
        request,
        "confirmer",
        lambda: by_writer(courriels.confirm_courriel)(lien, secret=secret, maintenant=now()),
    )


@login_not_required
@require_http_methods(GET_POST)
def annuler_courriel(request: HttpRequest, lien: str) -> HttpResponse:
    return _lien(request, "annuler", lambda: by_writer(courriels.undo_courriel)(lien, maintenant=now()))


def own_profil(request: HttpRequest) -> tuple[Visiteur, ProfilLu]:
    """Who is not an interne has nothing here to change."""
    visiteur = visiteur_of(request.user)
    if visiteur.interne is None:
        raise PermissionDenied("Cette page est celle des internes.")
    return visiteur, read_profil(visiteur.interne)


def contact_of(lu: ProfilLu | None) -> dict[str, str]:
    """« Besoin d’assistance ? »"""
    inscription = lu.inscription if lu else None
    if inscription is None:
        return {}
    return {
        "courriel": inscription.contact_courriel,
        "telephone": inscription.contact_telephone,
        "horaires": inscription.contact_horaires,
    }


def now() -> datetime:
    return datetime.fromtimestamp(maintenant_ms() / 1000, UTC)


def _ask_courriel(visiteur: Visiteur, nouveau: str) -> None:
    assert visiteur.compte is not None
    secret = secrets.token_urlsafe(24)
    by_writer(courriels.ask_courriel)(visiteur.compte, nouveau, secret=secret, maintenant=now())


def _freeze(visiteur: Visiteur) -> dict[str, Any]:
    return {"gel": freeze_of(visiteur.interne, now()) if visiteur.interne else None}


def _ufr_of(lu: ProfilLu, ufr: tuple[tuple[int, str], ...]) -> int | None:
    return next((pk for pk, nom in ufr if nom == lu.ufr), None)


def _too_many(request: HttpRequest) -> HttpResponse | None:
    """A stolen session must not guess the password here."""
    if ratelimit.consume(request, action="reauthenticate", user=request.user):
        return None
    return ratelimit.respond_429(request)


def _form(request: HttpRequest, formulaire: Any, titre: str, bouton: str) -> HttpResponse:
    contexte = {"form": formulaire, "titre": titre, "bouton": bouton}
    return render(request, "compte/formulaire.html", contexte)


def _lien(request: HttpRequest, nature: str, act: Any) -> HttpResponse:
    contexte: dict[str, object] = {"nature": nature}
    if request.method == "POST":
        try:
            contexte["fait"] = act()
        except CompteRefuse as refus:
            contexte["refus"] = refus.message
    return render(request, "compte/courriel_lien.html", contexte)
