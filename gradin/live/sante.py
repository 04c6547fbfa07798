"""Health and metrics, answered while Django is busy."""

import hmac
import shutil
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from typing import Any

from django.conf import settings
from django.db import connection
from prometheus_client import REGISTRY, exposition
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from gradin.live.couloirs import Couloirs
from gradin.live.hub import HUB
from gradin.live.reponses import answer, answer_json, refuse
from gradin.live.temps import maintenant_ms
from gradin.operations.amphis.integrite import Bilan
from gradin.queries.mesures import MesuresService

VERSION = version("gradin")
VALIDITE = timedelta(days=180)
LOOPBACK = ("127.0.0.1", "::1")


class Temoin:
    """What the loops measure: `retard` in facts, `pret` once rings are filled and writes succeed."""

    def __init__(self) -> None:
        self.pret = False
        self.retard = 0
        self.battement_s = 0.0
        self.service = MesuresService()
        self.ronde = Bilan()


TEMOIN = Temoin()


async def answer_health(scope: Any, receive: Any, send: Any) -> None:
    pret = TEMOIN.pret and HUB.panne_depuis is None
    etat = {
        "vivant": True,
        "pret": pret,
        "version": VERSION,
        "store": connection.vendor,
        "retard": TEMOIN.retard,
    }
    await answer_json(send, 200 if pret else 503, etat)


async def answer_live(scope: Any, receive: Any, send: Any) -> None:
    """The process turns: a supervisor restarts it otherwise. Whether it may serve is `/sante`."""
    await answer_json(send, 200, {"vivant": True, "version": VERSION})


async def answer_security(scope: Any, receive: Any, send: Any) -> None:
    """RFC 9116: where to say that something is wrong."""
    fin = datetime.fromtimestamp(maintenant_ms() / 1000, UTC) + VALIDITE
    lignes = (
        f"Contact: {settings.GRADIN_CONTACT_SECURITE}",
        f"Expires: {fin:%Y-%m-%dT00:00:00Z}",
        "Preferred-Languages: fr, en",
        f"Canonical: {settings.GRADIN_URL.rstrip('/')}/.well-known/security.txt",
    )
    await answer(send, 200, ("\n".join(lignes) + "\n").encode(), b"text/plain; charset=utf-8")


async def answer_metrics(scope: Any, receive: Any, send: Any) -> None:
    if not _may_read_metrics(scope):
        await refuse(scope, send, 403, "metriques", "Les mesures se lisent sur place ou avec un jeton.")
        return
    corps, genre = exposition.generate_latest(REGISTRY), exposition.CONTENT_TYPE_LATEST.encode()
    await answer(send, 200, corps, genre)


def _may_read_metrics(scope: Any) -> bool:
    """On this machine and not through its proxy, or with the operator's token."""
    headers = dict(scope["headers"])
    jeton = headers.get(b"authorization", b"").removeprefix(b"Bearer ").decode("latin-1")
    if settings.GRADIN_METRICS_TOKEN and hmac.compare_digest(
        jeton.encode(), settings.GRADIN_METRICS_TOKEN.encode()
    ):
        return True
    behind_proxy = b"x-forwarded-for" in headers or b"forwarded" in headers
    return (scope.get("client") or ("",))[0] in LOOPBACK and not behind_proxy


class Mesures:
    """Read when scraped: nothing is counted on the hot path."""

    def __init__(self, couloirs: Couloirs) -> None:
        self._couloirs = couloirs

    def collect(self) -> Iterable[Metric]:
        yield GaugeMetricFamily("gradin_lecteurs", "open streams", HUB.watchers())
        yield GaugeMetricFamily("gradin_lecteurs_pilotes", "streams off the fast path", HUB.driven())
        yield GaugeMetricFamily("gradin_retard_faits", "facts committed, not published", TEMOIN.retard)
        yield GaugeMetricFamily("gradin_battement_secondes", "duration of the last beat", TEMOIN.battement_s)
        yield CounterMetricFamily("gradin_faits_publies", "facts published", HUB.faits_publies)
        yield CounterMetricFamily("gradin_lecteurs_coupes", "slow readers cut", HUB.lents_coupes)
        yield GaugeMetricFamily("gradin_pret", "rings filled, writes succeed", int(TEMOIN.pret))
        yield GaugeMetricFamily(
            "gradin_panne", "this process cannot write", int(HUB.panne_depuis is not None)
        )
        yield GaugeMetricFamily(
            "gradin_amphis_contredits", "running amphis that deny their journal", TEMOIN.ronde.contredits
        )
        yield CounterMetricFamily(
            "gradin_lignes_reparees", "rounds that mended read rows", TEMOIN.ronde.repares
        )
        libre = shutil.disk_usage(settings.GRADIN_DATA).free
        yield GaugeMetricFamily("gradin_disque_libre_octets", "free where the data stand", libre)
        yield from _service(TEMOIN.service)
        attente = GaugeMetricFamily("gradin_couloir_attente", "requests that wait", labels=["couloir"])
        for couloir in (self._couloirs.direct, self._couloirs.connexions, self._couloirs.pages):
            attente.add_metric([couloir.nom], couloir.en_attente)
        yield attente


def _service(mesures: MesuresService) -> Iterable[Metric]:
    """The same from every process: dashboards take the maximum."""
    yield _labelled("gradin_amphis", "amphis by state", "etat", mesures.etats)
    yield _labelled("gradin_faits", "last line of each running amphi", "amphi", mesures.faits)
    for nom, mot, valeur in (
        ("amphis_pause_technique", "amphis that wait for an agent", mesures.pauses_techniques),
        ("courriels_en_attente", "mails not sent yet", mesures.courriels_en_attente),
        ("courriels_perdus", "mails given up", mesures.courriels_perdus),
    ):
        yield GaugeMetricFamily(f"gradin_{nom}", mot, valeur)


def _labelled(nom: str, mot: str, label: str, valeurs: Mapping[Any, int]) -> Metric:
    famille = GaugeMetricFamily(nom, mot, labels=[label])
    for cle, valeur in valeurs.items():
        famille.add_metric([str(cle)], valeur)
    return famille
