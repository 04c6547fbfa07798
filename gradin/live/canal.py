"""What one amphi's readers share: the last events of each audience, and who listens."""

import asyncio
import contextlib
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from gradin.live.lecteur import PARTI, Lecteur
from gradin.live.sse import frame

AUDIENCES = ("public", "amphi", "regie")
TAILLE_ANNEAU = 1_024
# Some 6 ms of the loop.
LECTEURS_PAR_TOUR = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Tranche:
    """What the journal holds after a line: `blocs` by audience, one per line, in order.

    `moi`: by interne, the event of his own that these lines cause. `tour`: the open one, of `interne`.
    `a_rappeler`: internes whose arrival changes something. `demarre`: the first line is among these.
    `sous_procuration`: who gave one; `mandataire_change`: whose mandataire these lines change.
    """

    seq: int
    blocs: Mapping[str, tuple[bytes, ...]]
    moi: Mapping[int, bytes] = field(default_factory=dict)
    tour: Mapping[str, Any] | None = None
    interne: int | None = None
    a_rappeler: frozenset[int] = frozenset()
    demarre: bool = False
    sous_procuration: frozenset[int] = frozenset()
    mandataire_change: frozenset[int] = frozenset()


class Canal:
    """Everything here happens in the loop's thread, between two awaits."""

    def __init__(self, amphi: int) -> None:
        self.amphi = amphi
        self.seq = 0
        self.vise = 0
        self.lecture: asyncio.Task[None] | None = None
        self.anneaux: dict[str, deque[bytes]] = {a: deque(maxlen=TAILLE_ANNEAU) for a in AUDIENCES}
        self.lecteurs: dict[str, set[Lecteur]] = {a: set() for a in AUDIENCES}
        self.lents: dict[Lecteur, float] = {}
        self.par_interne: dict[int, set[Lecteur]] = {}
        self.tour: Mapping[str, Any] | None = None
        self.interne: int | None = None
        self.a_rappeler: frozenset[int] = frozenset()
        self.sous_procuration: frozenset[int] = frozenset()
        self.attentes: set[asyncio.Future[None]] = set()

    async def publish(self, tranche: Tranche, instant: float) -> None:
        """Strictly the next lines, once, to everybody: one write each however many lines.

        Who joins meanwhile had them from the ring, which holds them first.
        """
        for audience in AUDIENCES:
            self.anneaux[audience].extend(tranche.blocs[audience])
        self._head(tranche)
        for audience in AUDIENCES:
            await self._deliver(audience, frame(tranche.blocs[audience]), instant, self.seq)
        if tranche.moi:
            self._write_moi(tranche.moi)
        if tranche.demarre:
            self._send_back()
        if tranche.mandataire_change:
            self._judge_again(tranche.mandataire_change)
        for attente in self.attentes:
            if not attente.done():
                attente.set_result(None)

    def fill(self, tranche: Tranche) -> None:
        """At the start: what came before anybody listened."""
        for audience in AUDIENCES:
            self.anneaux[audience].extend(tranche.blocs[audience])
        self._head(tranche)

    def _head(self, tranche: Tranche) -> None:
        self.seq, self.a_rappeler = tranche.seq, tranche.a_rappeler
        self.tour, self.interne = tranche.tour, tranche.interne
        self.sous_procuration = tranche.sous_procuration

    async def tell_clock(self, bloc: bytes, instant: float) -> None:
        """Who comes meanwhile has just been told."""
        for audience in AUDIENCES:
            await self._deliver(audience, frame((bloc,)), instant, None)

    async def _deliver(self, audience: str, morceau: bytes, instant: float, seq: int | None) -> None:
        """Between slices the loop hears the choices of the other amphis."""
        lecteurs = tuple(self.lecteurs[audience])
        for debut in range(0, len(lecteurs), LECTEURS_PAR_TOUR):
            if debut:
                await asyncio.sleep(0)
            self._write(lecteurs[debut : debut + LECTEURS_PAR_TOUR], morceau, instant, seq)

    def signal(self, audience: str, bloc: bytes, instant: float) -> None:
        """An event without number: nobody is further for it."""
        self._write(tuple(self.lecteurs[audience]), frame((bloc,)), instant, None)

    def signal_all(self, bloc: bytes, instant: float) -> None:
        for audience in AUDIENCES:
            self.signal(audience, bloc, instant)

    def _write(self, lecteurs: tuple[Lecteur, ...], morceau: bytes, instant: float, seq: int | None) -> None:
        """The hot loop: 10,000 turns per event. `seq`: the line that it brings them to."""
        jusque = PARTI if seq is None else seq
        for lecteur in lecteurs:
            if lecteur.vu >= jusque:
                continue
            if lecteur.flot.write_paused:
                self._set_aside(lecteur, instant)
                continue
            try:
                lecteur.write(morceau)
            except RuntimeError:
                # uvloop refuses a transport closed since the last turn of the loop: its reader is leaving.
                continue
            if seq is not None:
                lecteur.vu = seq

    def give(self, lecteur: Lecteur, blocs: Iterable[bytes]) -> None:
        """To one reader; who has just left is no error."""
        with contextlib.suppress(RuntimeError):
            lecteur.write(frame(blocs))

    def since(self, audience: str, vu: int) -> tuple[bytes, ...] | None:
        """The events after line `vu`; None when the ring no longer (or not yet) holds them."""
        anneau = self.anneaux[audience]
        manque = self.seq - vu
        if manque < 0 or manque > len(anneau):
            return None
        return tuple(islice(anneau, len(anneau) - manque, None))

    def join(self, lecteur: Lecteur) -> None:
        """It was given all that the ring holds."""
        lecteur.vu = self.seq
        self.lecteurs[lecteur.droit.audience].add(lecteur)
        for numero in lecteur.droit.concernes:
            self.par_interne.setdefault(numero, set()).add(lecteur)

    def leave(self, lecteur: Lecteur) -> None:
        lecteur.vu = PARTI
        self.lecteurs[lecteur.droit.audience].discard(lecteur)
        self.lents.pop(lecteur, None)
        for numero in lecteur.droit.concernes:
            self.par_interne.get(numero, set()).discard(lecteur)

    def everybody(self) -> Iterable[Lecteur]:
        for audience in AUDIENCES:
            yield from self.lecteurs[audience]
        yield from self.lents

    def count(self) -> int:
        return len(self.lents) + sum(len(self.lecteurs[a]) for a in AUDIENCES)

    def _set_aside(self, lecteur: Lecteur, instant: float) -> None:
        self.lecteurs[lecteur.droit.audience].discard(lecteur)
        self.lents.setdefault(lecteur, instant)

    def _send_back(self) -> None:
        """Numbers are given at the start: who waited for it comes back with his."""
        for lecteur in tuple(self.lecteurs["amphi"]):
            if lecteur.droit.interne is None:
                lecteur.end(False)

    def _judge_again(self, internes: frozenset[int]) -> None:
        """A mandataire whose procuration has changed leaves at once: coming back, his right is read."""
        for lecteur in tuple(self.everybody()):
            if not internes.isdisjoint(lecteur.droit.mandants):
                lecteur.end(False)

    def _write_moi(self, moi: Mapping[int, bytes]) -> None:
        for numero, bloc in moi.items():
            for lecteur in self.par_interne.get(numero, ()):
                if not lecteur.flot.write_paused:
                    self.give(lecteur, (bloc,))
