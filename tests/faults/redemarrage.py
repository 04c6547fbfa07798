"""The same outage at any scale: a tour begins, the server is killed, stays down, comes back."""

import secrets
import time
from dataclasses import dataclass
from typing import Any

import httpx

from gradin.data.amphis.models import Amphi, Fait
from gradin.live.temps import maintenant_ms
from gradin.operations.amphis.sql import last_beat
from tests.factories.amphis import make_amphi
from tests.factories.comptes import make_agent
from tests.factories.live import start
from tests.integration.live.conftest import bearer_of
from tests.serveur import Serveur


@dataclass(frozen=True, slots=True, kw_only=True)
class Panne:
    """What the outage left: `avant` and `apres` are the ends of the tour, `de` and `a` those of the outage.

    `battue`: the last beat that the dead server wrote. `reste`: what was left to the tour when it died (ms).
    """

    amphi: Amphi
    serveur: Serveur
    avant: int
    battue: int
    de: int
    a: int

    def snapshot(self) -> dict[str, Any]:
        return dict(httpx.get(f"{self.serveur.url}/api/v1/amphis/{self.amphi.pk}").json())

    @property
    def reste(self) -> int:
        return self.avant - self.de

    def resume(self) -> httpx.Response:
        """By an agent, as the régie does it."""
        agent = make_agent(self.amphi.subdivision)
        assert agent.compte is not None
        entetes = {**bearer_of(agent.compte), "Idempotency-Key": secrets.token_hex(8)}
        corps = {"type": "reprendre", "vu": self.snapshot()["seq"]}
        adresse = f"{self.serveur.url}/api/v1/amphis/{self.amphi.pk}/commandes"
        return httpx.post(adresse, json=corps, headers=entetes)

    def facts(self) -> list[str]:
        return list(Fait.objects.filter(amphi=self.amphi).order_by("n").values_list("fait", flat=True))


def strike(serveur: Serveur, *, choisit_s: float, tombe_s: float, **parametres: int) -> Panne:
    """Rank 1 chooses for `choisit_s` seconds, then nobody serves for `tombe_s` (and the time of a start)."""
    serveur.start()
    debut = maintenant_ms()
    amphi = make_amphi(internes=3, postes=4, parametres=parametres, debut=debut)
    start(amphi, debut)
    panne = {"avant": _end_of_tour(serveur, amphi)}
    time.sleep(max(0.0, choisit_s - (maintenant_ms() - debut) / 1000))
    serveur.kill()
    panne["battue"] = last_beat()
    time.sleep(tombe_s)
    serveur.start()
    constat = Fait.objects.filter(amphi=amphi, fait="PanneConstatee").latest("n")
    return Panne(amphi=amphi, serveur=serveur, de=constat.p["de"], a=constat.p["a"], **panne)


def _end_of_tour(serveur: Serveur, amphi: Amphi) -> int:
    return int(httpx.get(f"{serveur.url}/api/v1/amphis/{amphi.pk}").json()["tour"]["fin"])
