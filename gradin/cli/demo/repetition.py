"""A rehearsal: robots in the places of the internes, over the HTTP API, beside the humans who have come."""

import asyncio
import contextlib
import math
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
from asgiref.sync import sync_to_async

from gradin.cli.demo.bilan import Bilan
from gradin.cli.demo.client import Client
from gradin.cli.demo.preferences import rank_postes
from gradin.cli.demo.regisseur import Regisseur
from gradin.cli.demo.sieges import Sieges
from gradin.domain.amphi.parametres import Mode
from gradin.queries.robots import Joueur, humains_of, joueurs_of

# Between two looks at the amphi: at least, and at most when no stream says that something has happened.
PAS_S = 0.4
PAS_MINIMAL_S = 0.05
REGARD_S = 1.0
# Who takes his time keeps a little of his tour for the answer.
PART_DU_TOUR = 0.9
RELEVE_S = 3.0
# Time left to those who passed, before the close.
FIN_S = 3.0
FIN_AVEC_HUMAINS_S = 60.0
NULLE_PART = math.inf
# He chooses again once the amphi goes on, or the service is back.
ENCORE = ("amphi_en_pause", "sans_reponse")
# Whose visitor may still come: her robot takes the end of her tour only.
FIN_DE_TOUR_MS = 15_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Reglages:
    """`cadence`: shortest and longest time a robot takes, in seconds. `absents`: share of those not there;
    `humains` are left alone and `assidus` never absent, both by e-mail. `coupures`: share of the streams cut
    each minute. `attendus`: people of a demonstration, left time to sign in during their own tour.
    """

    url: str
    amphi: int
    cadence: tuple[float, float]
    absents: float
    humains: frozenset[str]
    assidus: frozenset[str]
    graine: int
    coupures: float = 0.0
    attendus: frozenset[str] = frozenset()
    mode: Mode = Mode.EN_LIGNE


@dataclass(slots=True)
class Repetition:
    """`jetons`: account id → token, minted by the command; `jeton_agent` runs the amphi.

    `autres`: whether another amphi is being played by the same command. `conter`: told of each choice.
    """

    reglages: Reglages
    jetons: dict[int, str]
    jeton_agent: str
    dire: Callable[[str], None]
    bilan: Bilan
    autres: Callable[[], bool] = bool
    conter: Callable[[str], object] = bool
    hasard: random.Random = field(init=False)
    joueurs: dict[int, Joueur] = field(init=False, default_factory=dict)
    humains: frozenset[int] = field(init=False, default_factory=frozenset)
    absents: frozenset[int] = field(init=False, default_factory=frozenset)
    joue: int = field(init=False, default=0)
    passes: dict[int, float] = field(init=False, default_factory=dict)
    tours_vus: int = field(init=False, default=0)
    offre: dict[str, dict[str, Any]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.hasard = random.Random(self.reglages.graine)

    async def run(self) -> None:
        async with httpx.AsyncClient(base_url=self.reglages.url, timeout=20) as http:
            client = Client(http, self.reglages.amphi, self.bilan)
            regisseur = Regisseur(client, self.jeton_agent, self.dire, self.autres)
            sieges = Sieges(self.reglages.url, self.bilan, self.hasard, self.reglages.coupures)
            await self._wait_for_server(http)
            self.absents = self._draw_absents(await sync_to_async(joueurs_of)(self.reglages.amphi))
            try:
                await self._sit_and_play(client, regisseur, sieges)
            finally:
                await sieges.close()
                self.bilan.fin = time.monotonic()

    async def _sit_and_play(self, client: Client, regisseur: Regisseur, sieges: Sieges) -> None:
        """Everybody waits in the room when the agent starts, as on the day."""
        photo = await client.snapshot(self.jeton_agent)
        if photo["seq"] == 0:
            await regisseur.prepare()
            await self._watch_people(sieges)
            await sieges.settle()
            await regisseur.start()
        self.offre = {p["poste"]: p for p in (await client.offer(self.jeton_agent))["postes"]}
        await self._watch_people(sieges)
        self.bilan.internes, self.bilan.debut = len(self.joueurs), time.monotonic()
        self.bilan.absents = {n for n, joueur in self.joueurs.items() if joueur.compte in self.absents}
        releve = asyncio.create_task(self._keep_watching(sieges))
        try:
            await self._play(client, regisseur, sieges.nouveau)
        finally:
            releve.cancel()

    async def _wait_for_server(self, http: httpx.AsyncClient) -> None:
        for _ in range(120):
            try:
                if (await http.get("/sante")).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.5)

    async def _play(self, client: Client, regisseur: Regisseur, nouveau: asyncio.Event) -> None:
        """One step after another until the amphi is closed; a lost server is waited for."""
        vide_depuis, pas_s = math.inf, max(PAS_MINIMAL_S, min(PAS_S, self.reglages.cadence[0] / 4))
        while True:
            await asyncio.sleep(pas_s)
            await _until(nouveau)
            try:
                photo = await client.snapshot(self.jeton_agent)
                if photo["etat"] == "clos":
                    self.dire("L’amphithéâtre est clos.")
                    return
                vide = await self._step(client, regisseur, photo)
                vide_depuis = min(vide_depuis, time.monotonic()) if vide else math.inf
                fin_s = FIN_AVEC_HUMAINS_S if self.humains else FIN_S
                if time.monotonic() - vide_depuis > fin_s and await regisseur.close(photo):
                    self.dire("Tout le monde a été appelé : l’amphithéâtre est clos.")
                    return
            except (httpx.TransportError, httpx.HTTPStatusError) as erreur:
                # Whose choice was not answered chooses again: he still has his tour, or learns otherwise.
                self.joue = 0
                self.bilan.renvois[f"lecture, {_word(erreur)}"] += 1
                await asyncio.sleep(1)

    async def _step(self, client: Client, regisseur: Regisseur, photo: dict[str, Any]) -> bool:
        """True when nobody is left to call."""
        if photo["etat"] == "pause":
            await regisseur.resume(photo)
        if photo["etat"] != "en_cours":
            return False
        tour = photo["tour"]
        self._bring_back(photo)
        if tour is None:
            await regisseur.advance(photo)
            return not any(ligne["statut"] == "a_venir" for ligne in photo["liste"])
        self.tours_vus = tour["tour"]
        joueur = self.joueurs.get(tour["interne"])
        if joueur is None or tour["tour"] == self.joue:
            return False
        if self._is_left_alone(joueur, photo):
            if self.reglages.mode is Mode.EN_SALLE and joueur.compte in self.absents:
                await regisseur.mark_absent(photo, tour["tour"])
            return False
        if joueur.courriel in self.reglages.attendus and tour["fin"] - time.time() * 1000 > FIN_DE_TOUR_MS:
            return False
        self.joue = tour["tour"]
        duree_s = (tour["fin"] - tour["debut"]) / 1000
        await asyncio.sleep(min(self.hasard.uniform(*self.reglages.cadence), PART_DU_TOUR * duree_s))
        await self._choose(client, joueur)
        return False

    def _is_left_alone(self, joueur: Joueur, photo: dict[str, Any]) -> bool:
        """An absent one; a named human; somebody whose browser is signed in and watches."""
        if joueur.compte in self.absents or joueur.courriel in self.reglages.humains:
            self.bilan.laisses.add(joueur.numero or 0)
            return True
        if joueur.compte not in self.humains:
            return False
        present = any(ligne["presence"] for ligne in photo["liste"] if ligne["interne"] == joueur.numero)
        self.bilan.laisses |= {joueur.numero or 0} if present else set()
        return present

    async def _choose(self, client: Client, joueur: Joueur) -> None:
        """His best poste that is still open; taken meanwhile, the next one."""
        jeton = self.jetons[joueur.compte]
        photo, mien = await client.snapshot(self.jeton_agent), await client.mine(jeton)
        if photo["etat"] != "en_cours" or mien["tour"] is None or self._is_left_alone(joueur, photo):
            self.joue = 0
            return
        fermes = {interdit["poste"] for interdit in mien["interdits"]}
        prenables = {"libre"} if mien["type_choix"] == "classique" else {"libre", "pourvu"}
        ouverts = [p["poste"] for p in photo["postes"] if p["etat"] in prenables and p["poste"] not in fermes]
        for poste in rank_postes(self.reglages.graine, joueur.compte, joueur.des, self.offre, ouverts)[:8]:
            reponse = await client.choose(jeton, poste, mien["tour"], mien["seq"])
            if reponse.faite:
                self.conter(f"n° {joueur.numero} choisit le poste {poste}.")
                return
            if not reponse.motif.startswith(("poste_", "surnombre_")):
                self.joue = 0 if reponse.motif in ENCORE else self.joue
                return

    async def _keep_watching(self, sieges: Sieges) -> None:
        while True:
            await asyncio.sleep(RELEVE_S)
            await self._watch_people(sieges)

    async def _watch_people(self, sieges: Sieges) -> None:
        """A robot leaves its seat to the human who has signed in as its interne, and takes it back after."""
        joueurs = await sync_to_async(joueurs_of)(self.reglages.amphi)
        self.humains = await sync_to_async(humains_of)(self.reglages.amphi)
        self.joueurs = {joueur.numero: joueur for joueur in joueurs if joueur.numero is not None}
        for joueur in joueurs:
            if self._may_sit(joueur):
                sieges.take(joueur.compte, self.jetons[joueur.compte])
            else:
                sieges.leave(joueur.compte)

    def _may_sit(self, joueur: Joueur) -> bool:
        nomme = joueur.courriel in self.reglages.humains
        return not nomme and joueur.compte not in self.humains | self.absents and joueur.compte in self.jetons

    def _draw_absents(self, joueurs: tuple[Joueur, ...]) -> frozenset[int]:
        absents = [j for j in joueurs if self.hasard.random() < self.reglages.absents]
        return frozenset(j.compte for j in absents if j.courriel not in self.reglages.assidus)

    def _bring_back(self, photo: dict[str, Any]) -> None:
        """One absent out of two arrives late, some time after his tour; in a room the agent alone can."""
        if self.reglages.mode is Mode.EN_SALLE:
            return
        for ligne in photo["liste"]:
            joueur = self.joueurs.get(ligne["interne"])
            if joueur is None or ligne["statut"] != "passe" or joueur.compte not in self.absents:
                continue
            attendu = self.passes.setdefault(
                joueur.compte, self.tours_vus + self.hasard.choice((6, NULLE_PART))
            )
            if self.tours_vus >= attendu:
                self.absents -= {joueur.compte}
                self.bilan.revenus.add(ligne["interne"])


async def _until(nouveau: asyncio.Event) -> None:
    """Until a stream has read a fact, or a moment."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(REGARD_S):
            await nouveau.wait()
    nouveau.clear()


def _word(erreur: httpx.HTTPError) -> str:
    reponse = erreur.response.status_code if isinstance(erreur, httpx.HTTPStatusError) else ""
    return f"{type(erreur).__name__} {reponse}".strip()
