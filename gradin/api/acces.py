"""Who asks: a session with its CSRF token, or a bearer token; deny by default."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from ninja.errors import AuthenticationError
from ninja.security import HttpBearer

from gradin.api.erreurs import Erreur
from gradin.queries.jetons import compte_of_jeton
from gradin.queries.visiteurs import ANONYME, Visiteur, visiteur_of

SANS_EFFET = frozenset({"GET", "HEAD", "OPTIONS"})


class CsrfCheck(CsrfViewMiddleware):
    """Gives the reason back instead of a page."""

    def _reject(self, request: HttpRequest, reason: str) -> Any:
        return reason


class SessionOuJeton(HttpBearer):
    """An account is required."""

    def __call__(self, request: HttpRequest) -> Visiteur:
        visiteur = identify(request)
        if visiteur.compte is None:
            raise AuthenticationError
        return visiteur

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        raise NotImplementedError


class Ouvert(SessionOuJeton):
    """Anybody; who signs in reads what his audience may."""

    def __call__(self, request: HttpRequest) -> Visiteur:
        return identify(request)


def identify(request: HttpRequest) -> Visiteur:
    """A wrong token is refused even where no account is needed: its owner believes he is known."""
    autorisation = request.headers.get("Authorization", "")
    if autorisation:
        return _identify_jeton(autorisation)
    if not request.user.is_authenticated:
        return ANONYME
    if request.method not in SANS_EFFET:
        _check_csrf(request)
    return visiteur_of(request.user)


def _identify_jeton(autorisation: str) -> Visiteur:
    genre, _, secret = autorisation.partition(" ")
    compte = compte_of_jeton(secret.strip(), datetime.now(UTC)) if genre.lower() == "bearer" else None
    if compte is None:
        raise AuthenticationError
    return visiteur_of(compte)


def _check_csrf(request: HttpRequest) -> None:
    controle = CsrfCheck(lambda _: HttpResponse())
    controle.process_request(request)
    if controle.process_view(request, HttpResponse, (), {}) is not None:
        raise Erreur(
            403, "csrf", "Cette demande ne vient pas de la page. Rechargez la page, puis recommencez."
        )
