"""Who watches what: publishes each amphi's journal strictly in order, and knows nothing of the database."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable

from gradin.live.canal import AUDIENCES, Canal, Tranche
from gradin.live.lecteur import PARTI, Lecteur, Pilote
from gradin.live.sse import encode_signal

# Further behind than this, the snapshot costs less than the events.
RETARD_MAXIMAL = 4_096
# Asks for the last lines only, as many as a ring holds.
DERNIERES = -1

Lire = Callable[[int, int], Awaitable[Tranche]]
logger = logging.getLogger(__name__)


class Hub:
    """One per process. `lire(amphi, seq)` reads the journal after line `seq`, outside the loop."""

    def __init__(self) -> None:
        self.canaux: dict[int, Canal] = {}
        self.panne_depuis: int | None = None
        self.ferme = False
        self.faits_publies = 0
        self.lents_coupes = 0
        self._lire: Lire | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ouvertures: dict[int, asyncio.Task[Canal]] = {}
        self._atteints: dict[int, int] = {}
        self.apres_publication: Callable[[int], None] = lambda amphi: None

    def start(self, lire: Lire) -> None:
        self._lire = lire
        self._loop = asyncio.get_running_loop()
        self.ferme = False

    def tell(self, amphi: int, seq: int) -> None:
        """From any thread, after a commit: this amphi reached this line."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self.reach, amphi, seq)

    def reach(self, amphi: int, seq: int) -> None:
        """In the loop. The journal is read once for all the commits that happen meanwhile."""
        canal = self.canaux.get(amphi)
        if canal is None:
            self._atteints[amphi] = max(seq, self._atteints.get(amphi, 0))
            return
        if seq <= canal.vise:
            return
        canal.vise = seq
        if canal.lecture is None:
            canal.lecture = asyncio.ensure_future(self._follow(canal))

    async def _follow(self, canal: Canal) -> None:
        try:
            while canal.seq < canal.vise and self._lire is not None:
                tranche = await self._lire(canal.amphi, canal.seq)
                if tranche.seq <= canal.seq:
                    canal.vise = canal.seq
                    break
                await self._publish(canal, tranche)
        except Exception:
            # The safety poll tries again: the journal has the facts, nobody loses one.
            logger.exception("amphi %s could not be read after line %s", canal.amphi, canal.seq)
            canal.vise = canal.seq
        finally:
            canal.lecture = None

    async def _publish(self, canal: Canal, tranche: Tranche) -> None:
        self.faits_publies += tranche.seq - canal.seq
        await canal.publish(tranche, time.monotonic())
        self.apres_publication(canal.amphi)

    async def canal(self, amphi: int) -> Canal:
        """The amphi's channel, its ring filled from the journal the first time."""
        if amphi in self.canaux:
            return self.canaux[amphi]
        if amphi not in self._ouvertures:
            self._ouvertures[amphi] = asyncio.ensure_future(self._open(amphi))
        return await asyncio.shield(self._ouvertures[amphi])

    async def _open(self, amphi: int) -> Canal:
        assert self._lire is not None, "the hub has not started"
        try:
            canal = Canal(amphi)
            canal.fill(await self._lire(amphi, DERNIERES))
            canal.vise = canal.seq
            self.canaux[amphi] = canal
            # A commit may have been told while the journal was read.
            self.reach(amphi, self._atteints.pop(amphi, 0))
            return canal
        finally:
            del self._ouvertures[amphi]

    async def backlog(self, canal: Canal, audience: str, vu: int) -> tuple[bytes, ...] | None:
        """The events after `vu`, from the ring, else from the journal; None when a resync is due.

        Whoever calls it goes on without awaiting: nothing is published in between.
        """
        if vu > canal.seq:
            await self._catch_up(canal, vu)
        blocs = canal.since(audience, vu)
        if blocs is not None or vu > canal.seq or canal.seq - vu > RETARD_MAXIMAL or self._lire is None:
            return blocs
        tranche = await self._lire(canal.amphi, vu)
        return tranche.blocs[audience][: canal.seq - vu]

    async def _catch_up(self, canal: Canal, vu: int) -> None:
        """Another process may have told this reader more than this one knows yet."""
        self.reach(canal.amphi, vu)
        if canal.lecture is not None:
            await asyncio.shield(canal.lecture)

    def sweep(self, instant: float, lenteur_s: float) -> None:
        """Slow readers: those who caught up come back with what they missed, the others are cut."""
        for canal in tuple(self.canaux.values()):
            for lecteur, depuis in tuple(canal.lents.items()):
                if lecteur.vu == PARTI:
                    continue
                if not lecteur.flot.write_paused:
                    self._bring_back(canal, lecteur)
                elif instant - depuis > lenteur_s:
                    self.lents_coupes += 1
                    canal.leave(lecteur)
                    lecteur.end(True)

    def _bring_back(self, canal: Canal, lecteur: Lecteur) -> None:
        blocs = canal.since(lecteur.droit.audience, lecteur.vu)
        if blocs is None:
            blocs = (encode_signal("resync", {"seq": canal.seq, "raison": "trop_ancien"}),)
        del canal.lents[lecteur]
        canal.join(lecteur)
        if blocs:
            canal.give(lecteur, blocs)

    async def tell_clock(self, maintenant: int) -> None:
        instant = time.monotonic()
        for canal in tuple(self.canaux.values()):
            bloc = encode_signal("horloge", {"maintenant": maintenant, "seq": canal.seq})
            await canal.tell_clock(bloc, instant)

    def tell_panne(self, depuis: int | None) -> None:
        """`depuis`: writes fail since then; None: they work again."""
        if depuis == self.panne_depuis:
            return
        signal = {"depuis": depuis or self.panne_depuis, "finie": depuis is None}
        self.panne_depuis = depuis
        for canal in self.canaux.values():
            canal.signal_all(encode_signal("panne", signal), time.monotonic())

    def watchers(self) -> int:
        return sum(
            len(canal.lents) + sum(len(canal.lecteurs[a]) for a in AUDIENCES)
            for canal in self.canaux.values()
        )

    def driven(self) -> int:
        """Readers off the fast path: none, unless uvicorn or what stands before the stream has changed."""
        return sum(isinstance(un.flot, Pilote) for canal in self.canaux.values() for un in canal.everybody())

    def close(self) -> None:
        """Ends every stream: browsers come back by themselves, to the next process."""
        self.ferme = True
        for canal in self.canaux.values():
            for lecteur in tuple(canal.everybody()):
                lecteur.end(False)
            for attente in canal.attentes:
                if not attente.done():
                    attente.set_result(None)


HUB = Hub()
