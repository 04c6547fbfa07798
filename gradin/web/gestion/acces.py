"""Who enters the pages of /gestion/: agents, each in his scope."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from gradin.operations.permissions import Interdit, check_can_manage_interne, check_is_agent
from gradin.queries.visiteurs import Visiteur, visiteur_of


def enter_gestion(request: HttpRequest) -> Visiteur:
    visiteur = visiteur_of(request.user)
    try:
        check_is_agent(visiteur)
    except Interdit as interdit:
        raise refuse(interdit) from None
    return visiteur


def enter_interne(request: HttpRequest, pk: int) -> Visiteur:
    """Outside his scope the interne does not exist for an agent; for anybody else it is forbidden."""
    visiteur = enter_gestion(request)
    try:
        check_can_manage_interne(visiteur, pk)
    except Interdit as interdit:
        raise refuse(interdit) from None
    return visiteur


def refuse(interdit: Interdit) -> Exception:
    return Http404() if interdit.absent else PermissionDenied(interdit.message)
