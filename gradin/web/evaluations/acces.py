"""Who enters the pages about everybody's evaluations, and in which frame."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from gradin.operations.permissions import Interdit
from gradin.operations.permissions_evaluations import check_can_follow_evaluations
from gradin.queries.visiteurs import Visiteur, visiteur_of
from gradin.web.espace.venue import readable

ONGLETS = (
    ("campagnes", "Campagne et participation", "/gestion/evaluations/"),
    ("commentaires", "Commentaires", "/gestion/evaluations/commentaires/"),
    ("questionnaires", "Questionnaires", "/gestion/evaluations/questionnaires/"),
)


def enter(request: HttpRequest) -> Visiteur:
    """Agents and representatives."""
    visiteur = visiteur_of(request.user)
    try:
        check_can_follow_evaluations(visiteur)
    except Interdit as interdit:
        raise PermissionDenied(interdit.message) from None
    return visiteur


def frame(visiteur: Visiteur, onglet: str) -> dict[str, object]:
    """A representative reads these pages in « Mon espace »."""
    return {
        "cadre": "gestion/base.html" if visiteur.is_agent else "espace/base.html",
        "ici": "evaluations",
        "tableaux": readable(visiteur),
        "onglets": [{"href": href, "mot": mot, "actif": cle == onglet} for cle, mot, href in ONGLETS],
    }
