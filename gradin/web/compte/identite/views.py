"""« Se connecter avec ProConnect »: there and back. Opens no account, skips no second factor."""

import logging
import secrets

import httpx
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from gradin.queries.identites import compte_of_identite
from gradin.web.compte.identite.fournisseurs import Fournisseur, find_fournisseur
from gradin.web.compte.identite.protocole import Aller, Identite, IdentiteRefusee, identify, prepare

logger = logging.getLogger(__name__)
CLE = "identite"
PANNE = "{nom} ne répond pas. Connectez-vous avec votre courriel et votre mot de passe."
ABANDON = "La connexion avec {nom} n’a pas abouti. Recommencez, ou utilisez votre mot de passe."
INCONNU = (
    "{nom} vous a reconnu, mais aucun compte ne porte ce courriel. Connectez-vous avec votre mot de passe, "
    "ou inscrivez-vous d’abord."
)


@login_not_required
@require_safe
def aller(request: HttpRequest, cle: str) -> HttpResponse:
    """Leaves for the service; what proves the return stays in this session."""
    fournisseur = _known(cle)
    retour = request.build_absolute_uri(reverse("identite-retour", args=[cle]))
    try:
        adresse, garde = prepare(fournisseur, retour, _safe_next(request))
    except (IdentiteRefusee, httpx.HTTPError) as error:
        return _fail(request, fournisseur, PANNE, error)
    request.session[CLE] = garde
    return redirect(adresse)


@login_not_required
@require_safe
def retour(request: HttpRequest, cle: str) -> HttpResponse:
    """Comes back, once: the same address again, or one that this session did not ask for, is refused."""
    fournisseur = _known(cle)
    garde = request.session.pop(CLE, None)
    if garde is None or not _is_ours(request, garde, cle):
        return _fail(request, fournisseur, ABANDON, IdentiteRefusee("a return that nobody awaits"))
    try:
        identite = identify(fournisseur, Aller(**garde), request.GET.get("code", ""))
    except (IdentiteRefusee, httpx.HTTPError) as error:
        return _fail(request, fournisseur, ABANDON, error)
    return _sign_in(request, fournisseur, identite, garde["suite"])


def _sign_in(request: HttpRequest, fournisseur: Fournisseur, identite: Identite, suite: str) -> HttpResponse:
    compte = compte_of_identite(identite.courriel, identite.rpps)
    if compte is None:
        messages.error(request, INCONNU.format(nom=fournisseur.nom))
        return redirect("account_login")
    record_authentication(request, compte, method="openid", provider=fournisseur.cle)
    response: HttpResponse = perform_login(request, compte, redirect_url=suite or None)
    return response


def _known(cle: str) -> Fournisseur:
    fournisseur = find_fournisseur(cle)
    if fournisseur is None:
        raise Http404
    return fournisseur


def _is_ours(request: HttpRequest, garde: dict[str, str], cle: str) -> bool:
    etat = request.GET.get("state", "")
    return garde["fournisseur"] == cle and secrets.compare_digest(garde["etat"].encode(), etat.encode())


def _safe_next(request: HttpRequest) -> str:
    suite = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(suite, {request.get_host()}, require_https=request.is_secure())
    return suite if safe else ""


def _fail(request: HttpRequest, fournisseur: Fournisseur, texte: str, error: Exception) -> HttpResponse:
    logger.warning("sign-in by %s failed: %s", fournisseur.cle, error)
    messages.error(request, texte.format(nom=fournisseur.nom))
    return redirect("account_login")
