"""What one amphi's readers share: the last events of each audience, and who listens."""

import asyncio
import contextlib
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from gradin.live.lecteur import Lecteur
from gradin.live.sse import frame

AUDIENCES = ("public", "amphi", "regie")
TAILLE_ANNEAU = 1_024


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

    def publish(self, tranche: Tranche, instant: float) -> None:
        """Strictly the next lines, once, to everybody: one write each however many lines."""
        for audience in AUDIENCES:
            blocs = tranche.blocs[audience]
            self.anneaux[audience].extend(blocs)
            self.write(audience, frame(blocs), instant)
        self._head(tranche)
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

    def write(self, audience: str, morceau: bytes, instant: float) -> None:
        """The hot loop: 10,000 turns per event."""
        arretes = []
        for lecteur in self.lecteurs[audience]:
            if lecteur.flot.write_paused:
                arretes.append(lecteur)
                continue
            try:
                lecteur.write(morceau)
            except RuntimeError:
                # uvloop refuses a transport closed since the last turn of the loop: its reader is leaving.
                continue
        for lecteur in arretes:
            self._set_aside(lecteur, instant)

    def give(self, lecteur: Lecteur, blocs: Iterable[bytes]) -> None:
        """To one reader; who has just left is no error."""
        with contextlib.suppress(RuntimeError):
            lecteur.write(frame(blocs))

    def write_all(self, bloc: bytes, instant: float) -> None:
        for audience in AUDIENCES:
            self.write(audience, frame((bloc,)), instant)

    def since(self, audience: str, vu: int) -> tuple[bytes, ...] | None:
        """The events after line `vu`; None when the ring no longer (or not yet) holds them."""
        anneau = self.anneaux[audience]
        manque = self.seq - vu
        if manque < 0 or manque > len(anneau):
            return None
        return tuple(islice(anneau, len(anneau) - manque, None))

    def join(self, lecteur: Lecteur) -> None:
        self.lecteurs[lecteur.droit.audience].add(lecteur)
        for numero in lecteur.droit.concernes:
            self.par_interne.setdefault(numero, set()).add(lecteur)

    def leave(self, lecteur: Lecteur) -> None:
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
        lecteur.vu = self.seq
        self.lecteurs[lecteur.droit.audience].discard(lecteur)
        self.lents[lecteur] = instant

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
