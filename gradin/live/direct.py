"""The stream and its long-poll, answered without Django (docs/reference/direct.md)."""

import asyncio
import contextlib
import random
from collections.abc import Callable
from typing import Any

from gradin.live import billet
from gradin.live.admission import JetonInconnu, judge
from gradin.live.canal import Canal
from gradin.live.couloirs import SATURE, Couloir, FilePleine
from gradin.live.demande import Demande, DemandeRefusee, read_demande
from gradin.live.hub import HUB
from gradin.live.lecteur import Droit, Lecteur, lecteur_of
from gradin.live.lecture import AmphiInconnu
from gradin.live.presence import PRESENCES
from gradin.live.reponses import answer, refuse
from gradin.live.sse import ENTETES, data_of, encode_signal, frame
from gradin.live.temps import maintenant_ms

FAITS_PAR_REPONSE = 1_024
REFUS: dict[type[Exception], tuple[int, str, str]] = {
    DemandeRefusee: (403, "origine", "Cette adresse ne se lit que depuis les pages de la plateforme."),
    JetonInconnu: (401, "jeton_inconnu", "Ce jeton n’est pas ou plus valable. Demandez-en un autre."),
    AmphiInconnu: (404, "amphi_inconnu", "Cet amphi n’existe pas."),
    FilePleine: (
        503,
        "service_sature",
        SATURE,
    ),
}


class Guichet:
    """Admits readers. `arrive(amphi, interne)` is told when somebody whose arrival counts comes in."""

    def __init__(self, couloir: Couloir, arrive: Callable[[int, int], None]) -> None:
        self._couloir = couloir
        self._arrive = arrive

    async def stream(self, amphi: int, scope: Any, receive: Any, send: Any) -> None:
        try:
            demande = read_demande(scope, amphi)
            canal, droit, headers = await self._admit(amphi, demande)
        except tuple(REFUS) as refus:
            await refuse(scope, send, *REFUS[type(refus)], _retry(refus))
            return
        await send({"type": "http.response.start", "status": 200, "headers": [*ENTETES, *headers]})
        await self._serve(canal, lecteur_of(send, droit), demande.depuis, receive)

    async def _serve(self, canal: Canal, lecteur: Lecteur, depuis: int | None, receive: Any) -> None:
        droit = lecteur.droit
        retard = () if depuis is None else await HUB.backlog(canal, droit.audience, depuis)
        # No await from here to join: nothing may be published between the backlog and the first event.
        if HUB.ferme:
            lecteur.end(False)
            return
        lecteur.write(frame(_first(canal, droit, retard)))
        canal.join(lecteur)
        self._enter(canal, droit)
        try:
            while (await receive())["type"] != "http.disconnect":
                pass
        finally:
            canal.leave(lecteur)
            if droit.interne is not None:
                PRESENCES.leave(droit.amphi, droit.interne)

    async def long_poll(self, amphi: int, scope: Any, receive: Any, send: Any) -> None:
        try:
            demande = read_demande(scope, amphi)
            canal, droit, headers = await self._admit(amphi, demande)
        except tuple(REFUS) as refus:
            await refuse(scope, send, *REFUS[type(refus)], _retry(refus))
            return
        if droit.interne is not None:
            PRESENCES.see(droit.amphi, droit.interne)
            self._recall(canal, droit.interne)
        corps = await self._facts(canal, droit, demande)
        headers = [*headers, (b"gradin-maintenant", b"%d" % maintenant_ms())]
        await answer(send, 200, corps, b"application/json; charset=utf-8", headers)

    async def _facts(self, canal: Canal, droit: Droit, demande: Demande) -> bytes:
        depuis = demande.depuis or 0
        blocs = await HUB.backlog(canal, droit.audience, depuis)
        if blocs == ():
            await _next_publication(canal, demande.attente_s)
            blocs = await HUB.backlog(canal, droit.audience, depuis)
        donnees = [data_of(bloc) for bloc in (blocs or ())[:FAITS_PAR_REPONSE]]
        seq = canal.seq if blocs is None else depuis + len(donnees)
        moi = b"null" if droit.interne is None else data_of(_own(canal, droit.interne))
        return b'{"seq":%d,"maintenant":%d,"resync":%s,"faits":[%s],"moi":%s}' % (
            seq,
            maintenant_ms(),
            b"true" if blocs is None else b"false",
            b",".join(donnees),
            moi,
        )

    async def _admit(self, amphi: int, demande: Demande) -> tuple[Canal, Droit, list[tuple[bytes, bytes]]]:
        """The channel, the right, and the cookie that spares the next query."""
        maintenant = maintenant_ms()
        if not demande.session and not demande.jeton:
            return await HUB.canal(amphi), Droit(amphi=amphi), []
        if demande.billet and not demande.jeton:
            droit = billet.redeem(demande.billet, amphi, demande.session, maintenant)
            if droit is not None:
                return await HUB.canal(amphi), droit, []
        async with self._couloir.place() as fil:
            loop = asyncio.get_running_loop()
            droit = await loop.run_in_executor(fil, judge, amphi, demande.session, demande.jeton, maintenant)
        canal = await HUB.canal(amphi)
        lasting = bool(droit.session) and (droit.audience == "regie" or droit.interne is not None)
        return canal, droit, [(b"set-cookie", billet.set_cookie(droit, maintenant))] if lasting else []

    def _enter(self, canal: Canal, droit: Droit) -> None:
        if droit.interne is not None:
            PRESENCES.enter(droit.amphi, droit.interne)
            self._recall(canal, droit.interne)

    def _recall(self, canal: Canal, interne: int) -> None:
        if interne in canal.a_rappeler:
            self._arrive(canal.amphi, interne)


def _first(canal: Canal, droit: Droit, retard: tuple[bytes, ...] | None) -> list[bytes]:
    """What every stream begins with: the delay before coming back, what was missed, the clock, one's tour."""
    blocs = [b"retry: %d\n\n" % random.randint(1_000, 5_000)]
    if retard is None:
        blocs.append(encode_signal("resync", {"seq": canal.seq, "raison": "trop_ancien"}))
    blocs += retard or ()
    blocs.append(encode_signal("horloge", {"maintenant": maintenant_ms(), "seq": canal.seq}))
    if HUB.panne_depuis is not None:
        blocs.append(encode_signal("panne", {"depuis": HUB.panne_depuis, "finie": False}))
    if droit.interne is not None:
        blocs.append(_own(canal, droit.interne))
    if droit.audience == "regie":
        blocs.append(encode_signal("presence", {"connectes": sorted(PRESENCES.presents(canal.amphi))}))
    return blocs


def _own(canal: Canal, interne: int) -> bytes:
    tour = canal.tour if canal.interne == interne else None
    return encode_signal("moi", {"seq": canal.seq, "interne": interne, "tour": tour, "faits": []})


def _retry(refus: Exception) -> list[tuple[bytes, bytes]]:
    return [(b"retry-after", b"5")] if isinstance(refus, FilePleine) else []


async def _next_publication(canal: Canal, attente_s: float) -> None:
    if attente_s <= 0 or HUB.ferme:
        return
    attente: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    canal.attentes.add(attente)
    try:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(attente_s):
                await attente
    finally:
        canal.attentes.discard(attente)
