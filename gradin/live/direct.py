"""The stream and its long-poll, answered without Django (docs/reference/direct.md)."""

import asyncio
import contextlib
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gradin.domain.amphi.presence import connected
from gradin.live import billet
from gradin.live.admission import JetonInconnu, judge
from gradin.live.canal import Canal
from gradin.live.couloirs import SATURE, Couloir, FilePleine
from gradin.live.demande import Demande, DemandeRefusee, read_demande
from gradin.live.demandes import SEND_DU_SERVEUR
from gradin.live.hub import HUB
from gradin.live.lecteur import Droit, Lecteur, lecteur_of
from gradin.live.lecture import AmphiInconnu
from gradin.live.presence import PRESENCES
from gradin.live.reponses import Headers, answer, refuse
from gradin.live.sse import ENTETES, data_of, encode_signal
from gradin.live.temps import maintenant_ms

FAITS_PAR_REPONSE = 1_024
REFUS: dict[type[Exception], tuple[int, str, str]] = {
    DemandeRefusee: (403, "origine", "Cette adresse ne se lit que depuis les pages de la plateforme."),
    JetonInconnu: (401, "jeton_inconnu", "Ce jeton n’est pas ou plus valable. Demandez-en un autre."),
    AmphiInconnu: (404, "amphi_inconnu", "Cet amphi n’existe pas."),
    FilePleine: (503, "service_sature", SATURE),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entree:
    """A reader let in. `headers`: the ticket that spares the next query."""

    canal: Canal
    droit: Droit
    headers: Headers = ()


class Guichet:
    """Admits readers. `arrive(amphi, interne)` is told when somebody whose arrival counts comes in."""

    def __init__(self, couloir: Couloir, arrive: Callable[[int, int], None]) -> None:
        self._couloir = couloir
        self._arrive = arrive

    async def stream(self, amphi: int, scope: Any, receive: Any, send: Any) -> None:
        try:
            demande = read_demande(scope, amphi)
            entree = await self._admit(amphi, demande)
        except tuple(REFUS) as refus:
            await _refuse(scope, send, refus)
            return
        await send({"type": "http.response.start", "status": 200, "headers": [*ENTETES, *entree.headers]})
        lecteur = lecteur_of(scope.get(SEND_DU_SERVEUR, send), entree.droit)
        await self._serve(entree.canal, lecteur, demande.depuis, receive)

    async def _serve(self, canal: Canal, lecteur: Lecteur, depuis: int | None, receive: Any) -> None:
        droit = lecteur.droit
        retard = () if depuis is None else await HUB.backlog(canal, droit.audience, depuis)
        # No await from here to join: nothing may be published between the backlog and the first event.
        if HUB.ferme:
            lecteur.end(False)
            return
        if retard is None:
            retard = (_resync(canal, depuis or 0),)
        canal.give(lecteur, (*_greet(), *retard, *_first(canal, droit)))
        canal.join(lecteur)
        self._enter(canal, droit)
        try:
            while (await receive())["type"] != "http.disconnect":
                pass
        finally:
            canal.leave(lecteur)
            for voix in droit.voix:
                PRESENCES.leave(droit.amphi, voix)

    async def long_poll(self, amphi: int, scope: Any, receive: Any, send: Any) -> None:
        try:
            demande = read_demande(scope, amphi)
            entree = await self._admit(amphi, demande)
        except tuple(REFUS) as refus:
            await _refuse(scope, send, refus)
            return
        canal, droit = entree.canal, entree.droit
        for voix in droit.voix:
            PRESENCES.see(droit.amphi, voix)
        self._recall(canal, droit)
        corps = await _facts(canal, droit, demande)
        headers = [*entree.headers, (b"gradin-maintenant", b"%d" % maintenant_ms())]
        await answer(send, 200, corps, b"application/json; charset=utf-8", headers)

    async def _admit(self, amphi: int, demande: Demande) -> Entree:
        if not demande.session and not demande.jeton:
            return Entree(canal=await HUB.canal(amphi), droit=Droit(amphi=amphi))
        maintenant = maintenant_ms()
        if demande.billet and not demande.jeton:
            droit = billet.redeem(demande.billet, amphi, demande.session, maintenant)
            if droit is not None:
                return Entree(canal=await HUB.canal(amphi), droit=droit)
        async with self._couloir.place() as fil:
            loop = asyncio.get_running_loop()
            droit = await loop.run_in_executor(fil, judge, amphi, demande.session, demande.jeton, maintenant)
        headers = [(b"set-cookie", billet.set_cookie(droit, maintenant))] if billet.lasts(droit) else []
        return Entree(canal=await HUB.canal(amphi), droit=droit, headers=headers)

    def _enter(self, canal: Canal, droit: Droit) -> None:
        for voix in droit.voix:
            PRESENCES.enter(droit.amphi, voix)
        self._recall(canal, droit)

    def _recall(self, canal: Canal, droit: Droit) -> None:
        for interne in connected(droit.voix, canal.sous_procuration) & canal.a_rappeler:
            self._arrive(canal.amphi, interne)


def _greet() -> tuple[bytes, ...]:
    """After a stop, browsers come back one after the other."""
    return (b"retry: %d\n\n" % random.randint(1_000, 5_000),)


def _resync(canal: Canal, depuis: int) -> bytes:
    raison = "autre_journal" if depuis > canal.seq else "trop_ancien"
    return encode_signal("resync", {"seq": canal.seq, "raison": raison})


def _first(canal: Canal, droit: Droit) -> list[bytes]:
    """What every stream says at once, whatever was missed: the clock, one's own tour, who is there."""
    blocs = [encode_signal("horloge", {"maintenant": maintenant_ms(), "seq": canal.seq})]
    if HUB.panne_depuis is not None:
        blocs.append(encode_signal("panne", {"depuis": HUB.panne_depuis, "finie": False}))
    blocs += [_own(canal, interne) for interne in droit.concernes]
    if droit.audience == "regie":
        connectes = connected(PRESENCES.presents(canal.amphi), canal.sous_procuration)
        blocs.append(encode_signal("presence", {"connectes": sorted(connectes)}))
    return blocs


def _own(canal: Canal, interne: int) -> bytes:
    tour = canal.tour if canal.interne == interne else None
    return encode_signal("moi", {"seq": canal.seq, "interne": interne, "tour": tour, "faits": []})


async def _facts(canal: Canal, droit: Droit, demande: Demande) -> bytes:
    depuis = demande.depuis or 0
    blocs = await HUB.backlog(canal, droit.audience, depuis)
    if blocs == () and demande.attente_s and not HUB.ferme:
        await _next_publication(canal, demande.attente_s)
        blocs = await HUB.backlog(canal, droit.audience, depuis)
    donnees = [data_of(bloc) for bloc in (blocs or ())[:FAITS_PAR_REPONSE]]
    moi = data_of(_own(canal, droit.concernes[0])) if droit.concernes else b"null"
    return b'{"seq":%d,"maintenant":%d,"resync":%s,"faits":[%s],"moi":%s}' % (
        canal.seq if blocs is None else depuis + len(donnees),
        maintenant_ms(),
        b"true" if blocs is None else b"false",
        b",".join(donnees),
        moi,
    )


async def _next_publication(canal: Canal, attente_s: float) -> None:
    attente: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    canal.attentes.add(attente)
    try:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(attente_s):
                await attente
    finally:
        canal.attentes.discard(attente)


async def _refuse(scope: Any, send: Any, refus: Exception) -> None:
    headers = [(b"retry-after", b"5")] if isinstance(refus, FilePleine) else []
    await refuse(scope, send, *REFUS[type(refus)], headers)
