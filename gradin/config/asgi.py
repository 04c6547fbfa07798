"""The process, imported by `gradin serve`: what is answered here, and Django's two lanes for the rest."""

import logging
import re
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, TypeVar

from django.conf import settings
from django.db import connection, connections
from prometheus_client import REGISTRY
from servestatic import ServeStaticASGI

from gradin.config import commis
from gradin.config.checks import refusals
from gradin.live.application import Answer, Application, only_get
from gradin.live.commis import by_commis
from gradin.live.couloirs import Couloirs
from gradin.live.demandes import Suivi
from gradin.live.direct import Guichet
from gradin.live.ecriture import by_writer
from gradin.live.gestionnaire import Gestionnaire
from gradin.live.processus import Processus
from gradin.live.roles import Aiguillage
from gradin.live.sante import (
    TEMOIN,
    Mesures,
    answer_health,
    answer_live,
    answer_metrics,
    answer_security,
)
from gradin.operations.amphis.integrite import rectify
from gradin.operations.stockage.tetes import publish_tetes
from gradin.queries.mesures import read_mesures
from gradin.travaux import (
    agenda,
    agrements,
    alertes,
    annonces,
    appariement,
    clock,
    evaluations,
    outbox,
    ouverture,
    parcours,
    prechoix,
)
from gradin.travaux.retention import Quotidien
from gradin.travaux.ronde import Ronde
from gradin.travaux.secours import Secours

logger = logging.getLogger(__name__)
# Threads live as long as the process here, and so do their connections.
connections.settings["default"]["CONN_MAX_AGE"] = None

PAGES_A_LA_FOIS = 4 if connection.vendor == "postgresql" else 2
AMPHI = re.compile(r"/api/v1/amphis/(\d{1,9})/(direct|faits)")
T = TypeVar("T")
EMPREINTE = r"^.+\.[0-9a-f]{12}\..+$"


menage = Quotidien()
secours = Secours(settings.GRADIN_DATA / "secours", by_commis(commis.keep_for_paper))
send_mails = by_commis(commis.send_mails)
ronde = Ronde(by_writer(rectify))


def post(now: int) -> int:
    """What enters a watched search leaves with the mails of the same second; nothing erases before them."""
    for travail in (
        publish_tetes,
        _measure,
        partial(secours.run_once, now),
        partial(_go_round, now),
        partial(agenda.run_once, now),
        partial(appariement.run_once, now),
        partial(agrements.run_once, now),
        partial(alertes.run_once, now),
        partial(prechoix.run_once, now),
        partial(parcours.run_once, now),
        partial(evaluations.run_once, now),
        partial(ouverture.run_once, now),
    ):
        _attempt(travail)
    envoyes = _attempt(partial(_send_due, now))
    _attempt(partial(menage.run, now))
    return envoyes or 0


def _send_due(now: int) -> int:
    return send_mails(now) if outbox.is_due(now) else 0


def _measure() -> None:
    TEMOIN.service = read_mesures()


def _go_round(now: int) -> None:
    TEMOIN.ronde = ronde.run_once(now)


def _attempt(travail: Callable[[], T]) -> T | None:
    """One that fails is told, and stops none of those behind it."""
    try:
        return travail()
    except Exception:
        logger.exception("a job of this second failed: %r", travail)
        return None


processus = Processus(
    checks=refusals,
    horloge=clock.run_once,
    courrier=post,
    annonces=annonces.run_once,
    controle_s=settings.GRADIN_CONTROLE_S,
    lenteur_s=settings.GRADIN_LENTEUR_S,
)
couloirs = Couloirs(Gestionnaire(), PAGES_A_LA_FOIS)
guichet = Guichet(couloirs.direct, processus.arrive)
REGISTRY.register(Mesures(couloirs))

FIXES: dict[str, Answer] = {
    "/sante": only_get(answer_health),
    "/sante/vivant": only_get(answer_live),
    "/metrics": only_get(answer_metrics),
    "/.well-known/security.txt": only_get(answer_security),
}


def native(path: str) -> Callable[[Any, Any, Any], Awaitable[None]] | None:
    if path in FIXES:
        return FIXES[path]
    found = AMPHI.fullmatch(path)
    if found is None:
        return None
    answer = guichet.stream if found[2] == "direct" else guichet.long_poll
    return only_get(partial(answer, int(found[1])))


def _harden(headers: Any, path: str, url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"


application = ServeStaticASGI(
    Suivi(Aiguillage(Application(routes=native, django=couloirs, vie=processus))),
    root=settings.STATIC_ROOT,
    prefix=settings.STATIC_URL,
    immutable_file_test=EMPREINTE,
    allow_all_origins=False,
    add_headers_function=_harden,
)
