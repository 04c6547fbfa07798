"""Who enters the pages of /gestion/: agents, each in his scope."""

import logging

from allauth.core.ratelimit import respond_429
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from gradin.live.temps import maintenant_ms
from gradin.operations.actes_gestion import Signature
from gradin.operations.permissions import Interdit, check_can_manage_interne, check_is_agent
from gradin.queries.visiteurs import Visiteur, visiteur_of
from gradin.web.public.requete import now

logger = logging.getLogger(__name__)
UNE_HEURE_MS = 3_600_000


def enter_gestion(request: HttpRequest) -> Visiteur:
    visiteur = visiteur_of(request.user)
    try:
        check_is_agent(visiteur)
    except Interdit as interdit:
        raise refuse(interdit) from None
    return visiteur


def sign(agent: Visiteur) -> Signature:
    """Who acts and when, for what keeps its acts in the shared trail."""
    return Signature(auteur=agent.courriel, maintenant=now())


def enter_interne(request: HttpRequest, pk: int) -> Visiteur:
    """Outside his scope the interne does not exist for an agent; for anybody else it is forbidden."""
    visiteur = enter_gestion(request)
    try:
        check_can_manage_interne(visiteur, pk)
    except Interdit as interdit:
        raise refuse(interdit) from None
    return visiteur


def watch_reading(
    request: HttpRequest, agent: Visiteur, quoi: str, genre: str = "lecture"
) -> HttpResponse | None:
    """Each reading of people is a line of the log; past the number of one hour, a warning and a refusal.

    An agent's stolen session, or his own program, must not carry the whole roster away page by page.
    Counted per process, like every rate.
    """
    logger.info("lecture %s compte=%s", quoi, agent.compte)
    if _count(f"{genre}-{agent.compte}") <= settings.GRADIN_LECTURES_PAR_HEURE[genre]:
        return None
    logger.warning("%s: too many in an hour, compte=%s", genre, agent.compte)
    return respond_429(request)


def _count(cle: str) -> int:
    """How many since the hour began, this one included."""
    heure = f"lectures-{cle}-{maintenant_ms() // UNE_HEURE_MS}"
    cache.add(heure, 0, UNE_HEURE_MS // 1_000)
    return cache.incr(heure)


def refuse(interdit: Interdit) -> Exception:
    return Http404() if interdit.absent else PermissionDenied(interdit.message)
