"""The world of an experiment: one running amphi, everybody's token, real servers, the judges of the end."""

import http.client
import json
import secrets
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from gradin.data.amphis.models import Affectation, Amphi, Fait, Place
from gradin.data.internes.models import Phase
from gradin.live.temps import maintenant_ms
from gradin.operations.comptes.jetons import create_jetons
from gradin.queries.lectures import ecarts
from tests.factories.amphis import make_amphi
from tests.factories.comptes import make_agent
from tests.factories.live import start
from tests.serveur import Serveur
from tests.verdict import check_journal

HEURE = 3_600_000
# Nothing ends by itself, and a restart on a busy machine is no reason to wait for an agent.
LENT = {"duree_tour_ms": HEURE, "delai_absence_ms": HEURE, "reprise_auto_ms": 10 * 60_000}
Connecte = Callable[[int], http.client.HTTPConnection]
PIEGE = "from assurance.piege import main; main()"


@dataclass(slots=True, kw_only=True)
class Salle:
    """A started amphi; `jetons[rang - 1]`; `recus`: what was answered 201 or 200, by line of the journal."""

    amphi: Amphi
    jetons: list[str]
    agent: str
    recus: dict[int, dict[str, Any]] = field(default_factory=dict)

    @property
    def chemin(self) -> str:
        return f"/api/v1/amphis/{self.amphi.pk}"

    def lines(self) -> dict[int, Fait]:
        return {un.n: un for un in Fait.objects.filter(amphi=self.amphi)}

    def keep(self, corps: dict[str, Any]) -> None:
        self.recus[corps["recu"]["n"]] = corps["recu"]

    def lost(self) -> list[int]:
        """Lines that somebody was told of and that the journal does not hold as told."""
        lignes = self.lines()
        return [n for n, recu in self.recus.items() if n not in lignes or lignes[n].h != recu["h"]]

    def doubled(self) -> int:
        """Internes or postes with more than one standing choice: none is in surnombre here."""
        tenus = Affectation.objects.filter(amphi=self.amphi, annulee=False)
        return (
            2 * tenus.count() - len(set(tenus.values_list("interne"))) - len(set(tenus.values_list("poste")))
        )

    def judge(self) -> list[str]:
        """Everything that is wrong at the end, in words; empty when nothing is."""
        fautes = [f"line {n} acknowledged and lost" for n in self.lost()]
        fautes += [f"{self.doubled()} doubled"] if self.doubled() else []
        fautes += [str(un) for un in ecarts(self.amphi.pk)]
        return fautes + self.judge_journal()

    def judge_journal(self) -> list[str]:
        """What the independent verifier says, at both levels."""
        try:
            with tempfile.TemporaryDirectory() as dossier:
                check_journal(self.amphi, Path(dossier))
        except AssertionError as refus:
            return [f"verifier: {str(refus).strip()}"]
        return []


def open_salle(internes: int, phase: Phase = Phase.SOCLE, **parametres: Any) -> Salle:
    """The tour of rank 1 is open. Another `phase`: other internes, the same postes."""
    debut = maintenant_ms()
    reglages = {**LENT, **parametres}
    amphi = make_amphi(internes=internes, postes=internes, parametres=reglages, phase=phase, debut=debut)
    start(amphi, debut)
    agent = make_agent(amphi.subdivision)
    assert agent.compte is not None
    places = Place.objects.filter(amphi=amphi).order_by("rang")
    comptes = [*places.values_list("inscription__interne__compte", flat=True), agent.compte]
    jetons = {compte: secrets.token_urlsafe(24) for compte in comptes}
    create_jetons(secrets=jetons, maintenant=datetime.fromtimestamp(debut / 1000, UTC))
    *siens, celui_de_l_agent = (jetons[compte] for compte in comptes)
    return Salle(amphi=amphi, jetons=siens, agent=celui_de_l_agent)


def size_for(secondes: float, par_seconde: float, minimum: int, plafond: int = 5_000) -> int:
    """How many internes a run of that long may use up; a longer one ends with its world, and says its N."""
    return max(minimum, min(plafond, round(secondes * par_seconde)))


def connect(port: int) -> http.client.HTTPConnection:
    return http.client.HTTPConnection("127.0.0.1", port, timeout=60)


def ask(
    port: int, jeton: str, chemin: str, corps: dict[str, Any], cle: str, vers: Connecte = connect
) -> tuple[int, dict[str, Any]]:
    """Raises OSError or http.client.HTTPException when the server is not there, or dies before it answers."""
    connexion = vers(port)
    entetes = {
        "Authorization": f"Bearer {jeton}",
        "Content-Type": "application/json",
        "Idempotency-Key": cle,
    }
    try:
        connexion.request("POST", chemin, json.dumps(corps), entetes)
        reponse = connexion.getresponse()
        texte = reponse.read()
        return reponse.status, json.loads(texte) if texte[:1] == b"{" else {}
    finally:
        connexion.close()


def choose(
    port: int, salle: Salle, tour: int, cle: str = "", vers: Connecte = connect
) -> tuple[int, dict[str, Any]]:
    """Interne n° `tour` takes the poste of his number in his tour; what is accepted is kept."""
    corps = {"poste": str(tour), "tour": tour, "vu": 3}
    cle = cle or f"tour-{tour}"
    statut, dit = ask(port, salle.jetons[tour - 1], f"{salle.chemin}/choix", corps, cle, vers)
    if statut in (200, 201):
        salle.keep(dit)
    return statut, dit


def open_tour(salle: Salle) -> int:
    """The number of the open tour; each choice opens the next."""
    return int(Fait.objects.filter(amphi=salle.amphi, fait="TourOuvert").latest("n").p["tour"])


def snapshot(serveur: Serveur, salle: Salle) -> dict[str, Any]:
    return dict(httpx.get(f"{serveur.url}{salle.chemin}", timeout=30).json())


def wait_until(condition: Any, limite_s: float = 60.0) -> float:
    """Seconds until it holds; raises TimeoutError."""
    debut = time.monotonic()
    while not condition():
        if time.monotonic() - debut > limite_s:
            raise TimeoutError("it never happened")
        time.sleep(0.02)
    return time.monotonic() - debut
