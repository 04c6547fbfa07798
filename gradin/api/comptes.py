"""Who I am, and a token for a program."""

import secrets
from datetime import UTC, datetime
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.utils import is_mfa_enabled
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from ninja import Router, Status

from gradin.api.acces import SessionOuJeton
from gradin.api.erreurs import Erreur
from gradin.api.schemas import ErreurLue, Identifiants, JetonLu, Moi
from gradin.live.temps import maintenant_ms
from gradin.operations.comptes.jetons import create_jeton
from gradin.operations.permissions import must_have_second_facteur
from gradin.queries.catalogue import own_amphis, run_amphis
from gradin.queries.procurations import list_mandats
from gradin.queries.visiteurs import Visiteur

router = Router(tags=["compte"])
ERREURS = {401: ErreurLue, 403: ErreurLue, 422: ErreurLue, 429: ErreurLue}


@router.post(
    "/jetons",
    auth=None,
    response={201: JetonLu, **ERREURS},
    summary="Un jeton de douze heures",
    description="Il se présente ensuite dans Authorization : Bearer.",
)
def create(request: HttpRequest, identifiants: Identifiants) -> Any:
    """The same answer for an unknown account and a wrong password, after the same work."""
    compte = _authenticate(request, identifiants)
    if compte is None:
        raise Erreur(401, "identifiants", "Courriel ou mot de passe incorrect.")
    if is_mfa_enabled(compte) or must_have_second_facteur(compte):
        raise Erreur(
            403, "second_facteur", "Ce compte demande un second facteur : connectez-vous sur la page."
        )
    maintenant = datetime.fromtimestamp(maintenant_ms() / 1000, UTC)
    emis = create_jeton(compte=compte.pk, secret=secrets.token_urlsafe(32), maintenant=maintenant)
    return Status(201, emis)


def _authenticate(request: HttpRequest, identifiants: Identifiants) -> Any:
    """Through allauth, so that tries count with those of the sign-in page."""
    try:
        compte = get_adapter(request).authenticate(
            request, email=identifiants.courriel.strip().lower(), password=identifiants.mot_de_passe
        )
    except ValidationError as erreur:
        raise Erreur(
            429, "trop_d_essais", "Trop d’essais. Attendez cinq minutes, puis recommencez."
        ) from erreur
    return compte if compte is not None and compte.is_active else None


@router.get("/moi", auth=SessionOuJeton(), response=Moi, summary="Qui je suis, et mes amphithéâtres")
def read_moi(request: HttpRequest) -> Any:
    visiteur = request.auth  # type: ignore[attr-defined]
    maintenant = datetime.fromtimestamp(maintenant_ms() / 1000, UTC)
    amphis = own_amphis(visiteur.interne, maintenant) if visiteur.interne else []
    if visiteur.is_agent:
        amphis += run_amphis(visiteur, maintenant)
    procurations = _procurations(visiteur.compte)
    return {
        "nom": visiteur.nom,
        "roles": _roles(visiteur, mandataire=bool(procurations)),
        "interne": {"nom": visiteur.nom} if visiteur.interne else None,
        "amphis": amphis,
        "procurations": procurations,
    }


def _roles(visiteur: Visiteur, *, mandataire: bool) -> list[str]:
    """Who only chooses for others is no interne."""
    own = [] if mandataire and visiteur.interne is None and not visiteur.is_agent else [visiteur.role]
    return [*own, "mandataire"] if mandataire else own


def _procurations(compte: int | None) -> list[dict[str, Any]]:
    """`interne`: the number to give as `pour`, once the amphi has started."""
    mandats = list_mandats(compte) if compte is not None else ()
    return [
        {"mandant": one.mandant, "amphi": one.amphi, "interne": one.numero, "rang": one.rang}
        for one in mandats
    ]
