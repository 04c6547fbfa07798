"""Who enters the pages of /gestion/: agents, each in his scope."""

import logging

from allauth.core import ratelimit
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from gradin.operations.permissions import Interdit, check_can_manage_interne, check_is_agent
from gradin.queries.visiteurs import Visiteur, visiteur_of

logger = logging.getLogger(__name__)


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


def watch_reading(request: HttpRequest, agent: Visiteur, quoi: str) -> HttpResponse | None:
    """Each reading of people is a line of the log; past the rate of one hour, a warning and a refusal.

    An agent's stolen session, or his own program, must not carry the whole roster away page by page.
    """
    logger.info("lecture %s compte=%s", quoi, agent.compte)
    if ratelimit.consume(request, action="lecture_internes", user=request.user):
        return None
    logger.warning("lectures d'internes: too many in an hour, compte=%s", agent.compte)
    return ratelimit.respond_429(request)


def refuse(interdit: Interdit) -> Exception:
    return Http404() if interdit.absent else PermissionDenied(interdit.message)
