"""Writing to an amphi: a choice, an act of the ARS. The key makes a second try harmless."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Router

from gradin.api.acces import SessionOuJeton
from gradin.api.amphis import enter
from gradin.api.debit import DEBIT
from gradin.api.erreurs import TROP_DE_DEMANDES, Erreur
from gradin.api.schemas import Choix, Commande, ErreurLue, Recu
from gradin.live.ecriture import by_writer
from gradin.live.temps import maintenant_ms
from gradin.operations.amphis import Reponse, confirm_choix, run_commande_agent
from gradin.operations.permissions import check_can_run_amphi

router = Router(tags=["amphi en direct"])
CLE_MAXIMALE = 100
ERREURS = dict.fromkeys((400, 401, 403, 404, 409, 422, 429), ErreurLue)
CLE = {
    "parameters": [
        {
            "in": "header",
            "name": "Idempotency-Key",
            "required": True,
            "schema": {"type": "string", "minLength": 1, "maxLength": CLE_MAXIMALE},
            "description": "La même clé redonne la même réponse.",
        }
    ]
}


@router.post(
    "/amphis/{int:amphi}/choix",
    auth=SessionOuJeton(),
    response={200: Recu, 201: Recu, **ERREURS},
    openapi_extra=CLE,
    summary="Confirmer son choix",
    description="« Oui je confirme » : 201 et le reçu ; 200 avec la même clé ; 409 et le motif.",
)
def confirm(request: HttpRequest, amphi: int, choix: Choix) -> HttpResponse:
    """Judged at the instant it arrived, with no read that the command does not need."""
    maintenant = maintenant_ms()
    visiteur, cle = _check_may_write(request)
    reponse = by_writer(confirm_choix)(
        visiteur,
        amphi,
        poste=choix.poste,
        tour=choix.tour,
        vu=choix.vu,
        cle=cle,
        maintenant=maintenant,
        pour=choix.pour,
    )
    return _answer(reponse)


@router.post(
    "/amphis/{int:amphi}/commandes",
    auth=SessionOuJeton(),
    response={200: dict[str, Any], 201: dict[str, Any], 202: dict[str, Any], **ERREURS},
    openapi_extra=CLE,
    summary="Un acte de l’ARS",
    description="201 fait ; 200 déjà fait ; 202 attend un second agent ; 409 une règle refuse.",
)
def run(request: HttpRequest, amphi: int, commande: Commande) -> HttpResponse:
    """Who may not run it reads 403, or 404 outside his scope."""
    maintenant = maintenant_ms()
    visiteur, cle = _check_may_write(request)
    check_can_run_amphi(visiteur, enter(request, amphi).row)
    corps = commande.model_dump(exclude_unset=True)
    return _answer(by_writer(run_commande_agent)(amphi, corps, visiteur, maintenant, cle))


def _check_may_write(request: HttpRequest) -> tuple[Any, str]:
    visiteur = request.auth  # type: ignore[attr-defined]
    if not DEBIT.take(visiteur.compte):
        raise Erreur(*TROP_DE_DEMANDES)
    cle = request.headers.get("Idempotency-Key", "")
    if not cle or len(cle) > CLE_MAXIMALE:
        raise Erreur(400, "cle_requise", "L’en-tête Idempotency-Key manque ou dépasse 100 caractères.")
    return visiteur, cle


def _answer(reponse: Reponse) -> JsonResponse:
    return JsonResponse(dict(reponse.corps), status=reponse.statut, json_dumps_params={"ensure_ascii": False})
