"""A refused form comes back by GET: the browser's « Précédent » then never meets an answer to a POST.

What was typed waits in the browser's own signed cookie, for one display; nothing is kept on the server.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core import signing
from django.forms.utils import ErrorDict, ErrorList
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

SEL = "gradin.retour"
SAISIE = "saisie"
# Beyond 4 KB, name and attributes included, a browser drops the cookie: the form then comes back empty, with
# its errors.
LONGUEUR = 3_800
CINQ_MINUTES = 300
UNE_HEURE = 3_600


def keep(response: HttpResponse, nom: str, contenu: Any, vers: str) -> None:
    """In a cookie that only this page is sent, until the browser closes."""
    response.set_cookie(
        nom,
        _sign(contenu, nom, vers),
        path=reverse(vers),
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def read(request: HttpRequest, nom: str, vers: str, duree: int = UNE_HEURE) -> Any:
    """What `keep` kept; None when nothing, too old, or not ours."""
    try:
        return signing.loads(request.COOKIES.get(nom, ""), salt=SEL + nom + vers, max_age=duree)
    except signing.BadSignature:
        return None


def send_back(formulaire: forms.Form, vers: str, secrets: tuple[str, ...] = ()) -> HttpResponse:
    """To the page itself, which `shown_again` fills. `secrets`: fields that leave nothing behind."""
    saisi = {
        nom: formulaire.data[nom]
        for nom in formulaire.fields
        if nom not in secrets and nom in formulaire.data
    }
    erreurs = {champ: [str(une) for une in unes] for champ, unes in formulaire.errors.items()}
    response = redirect(vers)
    contenu: dict[str, Any] = {"saisi": saisi, "erreurs": erreurs}
    if len(_sign(contenu, SAISIE, vers)) > LONGUEUR:
        contenu["saisi"] = {}
    keep(response, SAISIE, contenu, vers)
    return response


def refused(request: HttpRequest, vers: str) -> Mapping[str, Any] | None:
    """What a refused form held, for `shown_again`."""
    lu: Mapping[str, Any] | None = read(request, SAISIE, vers, CINQ_MINUTES)
    return lu


def shown_again(formulaire: forms.Form, refus: Mapping[str, Any] | None) -> forms.Form:
    """The bound form with the errors it was refused for, not those of what is missing since."""
    if refus is not None:
        formulaire.cleaned_data = {}
        # Set, so that Django does not clean again: passwords that were not sent back are no fault.
        vars(formulaire)["_errors"] = ErrorDict(
            {nom: ErrorList(unes) for nom, unes in refus["erreurs"].items()}
        )
    return formulaire


def forget(response: HttpResponse, vers: str) -> HttpResponse:
    """Shown once: a reload, or the next person, finds the page empty."""
    response.delete_cookie(SAISIE, path=reverse(vers), samesite="Lax")
    return response


def _sign(contenu: Any, nom: str, vers: str) -> str:
    return signing.dumps(contenu, salt=SEL + nom + vers, compress=True)
