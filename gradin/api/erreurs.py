"""Errors of the API: always {"motif", "message"}, the message French and saying what to do."""

import logging
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from gradin.operations.permissions import Interdit

# Seconds until a new try has a chance.
ATTENTE_S = {"trop_d_essais": "300"}
LECTURES = frozenset({"GET", "HEAD", "OPTIONS"})
logger = logging.getLogger(__name__)


class Erreur(Exception):
    """An answer that is not a success, with its status."""

    def __init__(self, statut: int, motif: str, message: str, **details: Any) -> None:
        super().__init__(motif)
        self.statut = statut
        self.corps = {"motif": motif, "message": message, **details}


def error_response(statut: int, motif: str, message: str) -> JsonResponse:
    return JsonResponse(
        {"motif": motif, "message": message}, status=statut, json_dumps_params={"ensure_ascii": False}
    )


TROP_DE_DEMANDES = (429, "trop_de_demandes", "Trop de demandes à la fois. Attendez une seconde.")
INTROUVABLE = (404, "introuvable", "Cette adresse ne mène à rien. Vérifiez l’identifiant.")


def install_handlers(api: NinjaAPI) -> None:
    api.add_exception_handler(Erreur, _own)
    api.add_exception_handler(Interdit, _forbidden)
    api.add_exception_handler(Http404, _not_found)
    api.add_exception_handler(ObjectDoesNotExist, _not_found)
    api.add_exception_handler(AuthenticationError, _unauthenticated)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(HttpError, _unreadable)
    api.add_exception_handler(RequestDataTooBig, _too_big)
    api.add_exception_handler(Exception, _bug)


def _own(request: HttpRequest, exc: Erreur | type[Erreur]) -> HttpResponse:
    assert isinstance(exc, Erreur)
    reponse = JsonResponse(exc.corps, status=exc.statut, json_dumps_params={"ensure_ascii": False})
    if exc.statut == HTTPStatus.TOO_MANY_REQUESTS:
        reponse["Retry-After"] = ATTENTE_S.get(exc.corps["motif"], "1")
    return reponse


def _forbidden(request: HttpRequest, exc: Interdit | type[Interdit]) -> HttpResponse:
    assert isinstance(exc, Interdit)
    if exc.absent:
        return error_response(*INTROUVABLE)
    return error_response(403, "interdit", exc.message)


def _not_found(request: HttpRequest, exc: Exception | type[Exception]) -> HttpResponse:
    return error_response(*INTROUVABLE)


def _unauthenticated(
    request: HttpRequest, exc: AuthenticationError | type[AuthenticationError]
) -> HttpResponse:
    reponse = error_response(401, "non_authentifie", "Connectez-vous, ou présentez un jeton valable.")
    reponse["WWW-Authenticate"] = "Bearer"
    return reponse


def _invalid(request: HttpRequest, exc: ValidationError | type[ValidationError]) -> HttpResponse:
    assert isinstance(exc, ValidationError)
    champs = sorted({_name(erreur["loc"]) for erreur in exc.errors if erreur.get("loc")})
    return error_response(422, "requete_invalide", f"À corriger : {', '.join(champs)}.")


def _name(lieu: Sequence[str | int]) -> str:
    """The field, not the place of its value in a list."""
    return next((un for un in reversed(lieu) if isinstance(un, str)), str(lieu[-1]))


def _unreadable(request: HttpRequest, exc: HttpError | type[HttpError]) -> HttpResponse:
    assert isinstance(exc, HttpError)
    return error_response(
        exc.status_code, "requete_illisible", "Le corps de la requête n’est pas du JSON lisible."
    )


def _too_big(request: HttpRequest, exc: Exception | type[Exception]) -> HttpResponse:
    return error_response(
        413, "trop_grand", "Le corps de la requête est trop grand : 1 Mo au plus. Envoyez-en moins à la fois."
    )


def _bug(request: HttpRequest, exc: Exception | type[Exception]) -> HttpResponse:
    logger.exception("API: unexpected error on %s", request.path)
    return error_response(500, "erreur_interne", _what_is_known(request))


def _what_is_known(request: HttpRequest) -> str:
    """The error may have come with the commit, or after it: only the same key sent again can tell."""
    if request.method in LECTURES:
        return "Une erreur est survenue. Réessayez."
    if request.headers.get("Idempotency-Key"):
        return (
            "Le service ne sait pas si votre demande est enregistrée. Envoyez-la de nouveau, avec la même "
            "clé : elle ne sera pas faite deux fois."
        )
    return (
        "Le service ne sait pas si votre demande est enregistrée. Regardez si elle l’est avant de "
        "l’envoyer de nouveau."
    )
