"""Sign-up, screen by screen: what was typed, the e-mail twice, one page for all, the mail's link."""

import secrets
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.hashers import make_password
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from gradin.domain.identite import Identite
from gradin.live.ecriture import by_writer
from gradin.operations.comptes.finalisation import Finalisation, LienOuvert, finish_inscription, open_lien
from gradin.operations.comptes.inscription import ask_inscription
from gradin.operations.comptes.profil import fold_reponse
from gradin.operations.comptes.refus import CompteRefuse
from gradin.queries.contacts import assistance_of_ars
from gradin.queries.profils import list_ufr
from gradin.web.compte import retour
from gradin.web.compte.forms import COURRIEL_CONNU
from gradin.web.compte.inscription_forms import ConfirmationCourriel, CreationCompte, Finaliser
from gradin.web.compte.profil import GET_POST, now

SEL = "gradin.inscription"
UNE_HEURE = 3_600
CLE_SESSION = "lien_inscription"
CREATION, COURRIEL, FINALISER = "account_signup", "inscription-courriel", "inscription-finaliser"
DOSSIER = "dossier"


@login_not_required
@sensitive_post_parameters()
@require_http_methods(GET_POST)
def creation(request: HttpRequest) -> HttpResponse:
    """First screen. What it accepted goes signed to the second one: nothing is kept here before the end."""
    if request.method == "POST":
        formulaire = CreationCompte(request.POST)
        if not formulaire.is_valid():
            return retour.send_back(formulaire, CREATION)
        lues = formulaire.cleaned_data
        dossier = signing.dumps({**lues, "ne_le": lues["ne_le"].isoformat()}, salt=SEL, compress=True)
        response = redirect(COURRIEL)
        retour.keep(response, DOSSIER, {"dossier": dossier, "courriel": lues["courriel"]}, COURRIEL)
        return response
    refus = retour.refused(request, CREATION)
    contexte = {
        "form": retour.shown_again(CreationCompte(refus and refus["saisi"]), refus),
        "assistance": assistance_of_ars(),
    }
    return retour.forget(render(request, "compte/inscription.html", contexte), CREATION)


@login_not_required
@sensitive_post_parameters()
@require_http_methods(GET_POST)
def courriel(request: HttpRequest) -> HttpResponse:
    """Second screen: this address will be one's identifiant."""
    if request.method != "POST":
        return _second(request)
    formulaire = ConfirmationCourriel(request.POST)
    dossier = _read_dossier(request.POST.get("dossier", ""))
    if dossier is None:
        messages.warning(request, "Cette page a attendu trop longtemps. Recommencez, s’il vous plaît.")
        return redirect(CREATION)
    if not formulaire.is_valid():
        return retour.send_back(formulaire, COURRIEL, secrets=("dossier",))
    saisie = _identite({**dossier, "courriel": formulaire.cleaned_data["courriel"]})
    by_writer(ask_inscription)(saisie, secret=secrets.token_urlsafe(24), maintenant=now())
    response = redirect("inscription-envoyee")
    response.delete_cookie(DOSSIER, path=reverse(COURRIEL), samesite="Lax")
    return response


@login_not_required
@require_safe
def envoyee(request: HttpRequest) -> HttpResponse:
    """One page for all, whatever was right or wrong."""
    return render(request, "compte/inscription_envoyee.html", {"assistance": assistance_of_ars()})


@login_not_required
@require_safe
def lien(request: HttpRequest, lien: str) -> HttpResponse:
    """The secret leaves the address at once: it must not stay in a history or a referrer."""
    request.session[CLE_SESSION] = lien
    return redirect("inscription-finaliser")


@login_not_required
@sensitive_post_parameters()
@require_http_methods(GET_POST)
def finaliser(request: HttpRequest) -> HttpResponse:
    signe = str(request.session.get(CLE_SESSION, ""))
    ouvert = open_lien(signe, now())
    if ouvert is None:
        return render(request, "compte/lien_perime.html", {"assistance": assistance_of_ars()})
    if request.method == "POST":
        return _finish(request, signe, ouvert)
    refus = retour.refused(request, FINALISER)
    formulaire = _last_form(ouvert, refus and refus["saisi"])
    contexte = {
        "form": retour.shown_again(formulaire, refus),
        "ouvert": ouvert,
        "assistance": assistance_of_ars(),
    }
    return retour.forget(render(request, "compte/finaliser.html", contexte), FINALISER)


def _finish(request: HttpRequest, signe: str, ouvert: LienOuvert) -> HttpResponse:
    formulaire = _last_form(ouvert, request.POST)
    if formulaire.is_valid():
        try:
            by_writer(finish_inscription)(signe, _finalisation(formulaire.cleaned_data), maintenant=now())
        except CompteRefuse as refus:
            formulaire.add_error(refus.champ, refus.message)
            if open_lien(signe, now()) is None:
                # The page has no form any more: the reason is said over it.
                messages.error(request, refus.message)
        else:
            return _finished(request, ouvert)
    return retour.send_back(formulaire, FINALISER, secrets=("mot_de_passe", "confirmation", "reponse"))


def _finished(request: HttpRequest, ouvert: LienOuvert) -> HttpResponse:
    """The address is known: sign-in asks for the password only."""
    request.session.flush()
    request.session[COURRIEL_CONNU] = ouvert.courriel
    messages.success(
        request,
        "Votre inscription est terminée. Il reste à vous connecter, avec le mot de passe que vous venez "
        "de choisir.",
    )
    return redirect("account_login")


def _last_form(ouvert: LienOuvert, saisi: Any) -> Finaliser:
    return Finaliser(saisi, initial=_initial(ouvert), ufr=list_ufr(), courriel=ouvert.courriel)


def _second(request: HttpRequest) -> HttpResponse:
    attente = retour.read(request, DOSSIER, COURRIEL)
    if attente is None:
        return redirect(CREATION)
    refus = retour.refused(request, COURRIEL)
    saisi = None if refus is None else {**refus["saisi"], "dossier": attente["dossier"]}
    formulaire = retour.shown_again(ConfirmationCourriel(saisi, initial=attente), refus)
    return retour.forget(render(request, "compte/inscription_courriel.html", {"form": formulaire}), COURRIEL)


def _read_dossier(texte: str) -> dict[str, Any] | None:
    """What the first screen accepted, signed by us."""
    try:
        lu = signing.loads(texte, salt=SEL, max_age=UNE_HEURE)
    except signing.BadSignature:
        return None
    return {**lu, "ne_le": date.fromisoformat(lu["ne_le"])}


def _identite(lues: Mapping[str, Any]) -> Identite:
    return Identite(**{nom: lues[nom] for nom in ("ine", "nom", "prenom", "ne_le", "courriel", "telephone")})


def _initial(ouvert: LienOuvert) -> dict[str, Any]:
    return {"ne_le": ouvert.ne_le, "telephone": ouvert.telephone}


def _finalisation(lues: Mapping[str, Any]) -> Finalisation:
    """Hashed here: 19 ms of argon2 each must not hold the writer."""
    return Finalisation(
        mot_de_passe=make_password(lues["mot_de_passe"]),
        ne_le=lues["ne_le"],
        telephone=lues["telephone"],
        adresse=lues["adresse"],
        ufr=lues["ufr"],
        question=lues["question"],
        reponse=make_password(fold_reponse(lues["reponse"])),
    )
