"""What starts with the process and stops with it: writer, hub, clock, beats, mail, presence."""

import asyncio
import logging
import socket
import time
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any

from django.db import connection

from gradin.domain.amphi.commands import ConnecterRetour
from gradin.domain.amphi.presence import connected
from gradin.live import atelier, commis, ecriture
from gradin.live.admission import ended
from gradin.live.application import DemarrageRefuse
from gradin.live.canal import Tranche
from gradin.live.fils import Fils
from gradin.live.hub import HUB
from gradin.live.lecteur import Lecteur
from gradin.live.lecture import read_heads, read_tranche, running
from gradin.live.notifications import listen_to_others
from gradin.live.presence import PRESENCES
from gradin.live.presence_partagee import share_presence
from gradin.live.sante import TEMOIN
from gradin.live.serveur import freeze_memory
from gradin.live.sse import encode_signal
from gradin.live.temps import maintenant_ms
from gradin.operations import amphis
from gradin.operations.imports.depots import forget_works

logger = logging.getLogger(__name__)

BATTEMENT_S = 1.0
BATTEMENT_LENT_S = 2.5
VEILLE_S = 2.0
HORLOGE_S = 5.0
PRESENCE_S = 2.0
PARTAGE_S = 5.0
BALAYAGE_S = 0.25
ATTENTE_MINIMALE_S = 0.05
REVEIL_S = 0.1


class Nom:
    """How this process signs its beats: the same after a restart, another one for each of several."""

    nom = socket.gethostname()


NOM = Nom()


class Processus:
    """`checks` names what forbids to start; `horloge`, `courrier`, `annonces` are `run_once` of the jobs."""

    def __init__(
        self,
        *,
        checks: Callable[[], Sequence[str]],
        horloge: Callable[..., int | None],
        courrier: Callable[[int], int],
        annonces: Callable[[int], int],
        controle_s: float,
        lenteur_s: float,
    ) -> None:
        self._checks = checks
        self._horloge = horloge
        self._courrier = courrier
        self._annonces = annonces
        self._controle_s = controle_s
        self._lenteur_s = lenteur_s
        self._reveil = asyncio.Event()
        self._taches: list[asyncio.Task[None]] = []
        self._presences: dict[int, frozenset[int]] = {}

    async def start(self) -> None:
        self._lecture, self._travaux = Fils("lecture", 2), Fils("travaux", 1)
        # A mail server that hangs must not hold back « C’est votre tour ».
        self._prevenir = Fils("annonces", 1)
        refus = await self._lecture.run(self._checks)
        if refus:
            raise DemarrageRefuse("\n".join(("Gradin ne démarre pas :", *refus)))
        self._ecriture = ecriture.start()
        await self._ecriture.run(amphis.constater_au_demarrage, maintenant_ms(), NOM.nom)
        await self._ecriture.run(forget_works)
        HUB.start(self._read)
        amphis.register_presence(PRESENCES.presents)
        amphis.register_listener(self._committed)
        self._loop = asyncio.get_running_loop()
        for amphi in await self._lecture.run(running):
            await HUB.canal(amphi)
        self._taches = [asyncio.create_task(boucle) for boucle in self._loops()]
        TEMOIN.pret = True
        freeze_memory()

    async def _read(self, amphi: int, depuis: int) -> Tranche:
        return await self._lecture.run(read_tranche, amphi, depuis)

    async def stop(self) -> None:
        TEMOIN.pret = False
        amphis.unregister_listener(self._committed)
        amphis.clear_presence()
        for tache in self._taches:
            tache.cancel()
        await asyncio.gather(*self._taches, return_exceptions=True)
        await asyncio.to_thread(self._close_threads)

    def _close_threads(self) -> None:
        atelier.stop()
        commis.stop()
        ecriture.stop()
        self._lecture.close()
        self._travaux.close()
        self._prevenir.close()

    def _loops(self) -> list[Coroutine[Any, Any, None]]:
        boucles = [
            self._clock(),
            every(BATTEMENT_S, self._beat),
            every(VEILLE_S, self._watch_over),
            every(HORLOGE_S, self._tell_clock),
            every(BALAYAGE_S, self._sweep),
            every(PRESENCE_S, self._tell_presence),
            every(self._controle_s, self._end_rights),
            every(BATTEMENT_S, self._post),
            every(BATTEMENT_S, self._announce),
        ]
        if connection.vendor == "postgresql":
            boucles += [listen_to_others(HUB.reach), every(PARTAGE_S, self._share)]
        return boucles

    def _committed(self, amphi: int, seq: int) -> None:
        """In the thread that wrote."""
        HUB.tell(amphi, seq)
        self._loop.call_soon_threadsafe(self._reveil.set)

    async def _clock(self) -> None:
        """Sleeps until the next deadline; each commit may have moved it."""
        while True:
            self._reveil.clear()
            attente = await self._tick()
            try:
                async with asyncio.timeout(attente):
                    await self._reveil.wait()
                # Fifty commits a second must not cost fifty looks.
                await asyncio.sleep(REVEIL_S)
            except TimeoutError:
                pass

    async def _tick(self) -> float:
        try:
            prochaine = await self._lecture.run(self._horloge, maintenant_ms(), ecriture.handle)
        except Exception:
            logger.exception("the clock could not look")
            return BATTEMENT_S
        if prochaine is None:
            return BATTEMENT_S
        return min(BATTEMENT_S, max(ATTENTE_MINIMALE_S, (prochaine - maintenant_ms()) / 1000))

    async def _beat(self) -> None:
        """Alive means able to commit: a beat that fails or hangs freezes the pages.

        It goes before what waits to be written: ten amphis that start together are no outage.
        """
        debut = maintenant_ms()
        battement = asyncio.ensure_future(self._ecriture.run_first(amphis.beat_now, NOM.nom, maintenant_ms))
        done, _ = await asyncio.wait({battement}, timeout=BATTEMENT_LENT_S)
        if not done:
            HUB.tell_panne(HUB.panne_depuis or debut)
        try:
            await battement
        except Exception:
            logger.exception("this process cannot write")
            HUB.tell_panne(HUB.panne_depuis or debut)
        else:
            TEMOIN.battement_s = (maintenant_ms() - debut) / 1000
            HUB.tell_panne(None)

    async def _watch_over(self) -> None:
        """The safety poll: a notice that was lost, or a command run beside the server."""
        tetes = await self._lecture.run(read_heads)
        TEMOIN.retard = sum(
            max(0, seq - HUB.canaux[amphi].seq) for amphi, seq in tetes.items() if amphi in HUB.canaux
        )
        for amphi, seq in tetes.items():
            HUB.reach(amphi, seq)

    async def _tell_clock(self) -> None:
        await HUB.tell_clock(maintenant_ms())

    async def _sweep(self) -> None:
        HUB.sweep(time.monotonic(), self._lenteur_s)

    async def _tell_presence(self) -> None:
        for amphi, canal in HUB.canaux.items():
            connectes = connected(PRESENCES.presents(amphi), canal.sous_procuration)
            if canal.lecteurs["regie"] and connectes != self._presences.get(amphi):
                self._presences[amphi] = connectes
                bloc = encode_signal("presence", {"connectes": sorted(connectes)})
                canal.signal("regie", bloc, time.monotonic())

    async def _end_rights(self) -> None:
        lecteurs = [lecteur for canal in HUB.canaux.values() for lecteur in canal.everybody()]
        droits = {lecteur.droit for lecteur in lecteurs if not lecteur.droit.anonyme}
        if droits:
            finis = await self._lecture.run(ended, droits, maintenant_ms())
            _end([lecteur for lecteur in lecteurs if lecteur.droit in finis])

    async def _post(self) -> None:
        await self._travaux.run(self._courrier, maintenant_ms())

    async def _announce(self) -> None:
        await self._prevenir.run(self._annonces, maintenant_ms())

    async def _share(self) -> None:
        PRESENCES.set_elsewhere(await self._lecture.run(share_presence, NOM.nom, PRESENCES, maintenant_ms()))

    def arrive(self, amphi: int, interne: int) -> None:
        """Somebody whose connection counts has come: he is no longer judged, or comes back."""
        appel = self._ecriture.run(
            amphis.handle, amphi, ConnecterRetour(interne=interne), auteur=None, maintenant=maintenant_ms()
        )
        self._keep(asyncio.ensure_future(appel), amphi, interne)

    def _keep(self, tache: "asyncio.Task[amphis.Reponse]", amphi: int, interne: int) -> None:
        def report(done: "asyncio.Task[amphis.Reponse]") -> None:
            if not done.cancelled() and done.exception():
                cause = done.exception()
                logger.error("interne %s of amphi %s could not come back", interne, amphi, exc_info=cause)

        tache.add_done_callback(report)


def _end(lecteurs: Sequence[Lecteur]) -> None:
    for lecteur in lecteurs:
        lecteur.end(False)


async def every(secondes: float, tache: Callable[[], Awaitable[None]]) -> None:
    """What fails is said and tried again: no loop of the process ever dies."""
    while True:
        await asyncio.sleep(secondes)
        try:
            await tache()
        except Exception:
            logger.exception("%s failed", getattr(tache, "__name__", tache))
