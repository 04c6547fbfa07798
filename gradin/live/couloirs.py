"""Bounded lanes towards Django: pages never make a choice wait, and a full queue says so."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any

from asgiref.sync import ThreadSensitiveContext

from gradin.live.attroupement import Attroupements, key_of
from gradin.live.corps import CorpsTropGrand, CorpsTropLent, read_body, replay
from gradin.live.reponses import refuse

# What must answer while pages render.
DIRECT = re.compile(
    r"POST /api/v1/amphis/\d+/(?:choix|commandes)"
    r"|GET /api/v1/amphis/\d+"
    r"|GET /api/v1/moi/amphis/.*"
    r"|POST /(?:mon-amphi|regie)/.*"
)
# A service of identity that is slow to answer holds no page either.
CONNEXION = re.compile(r"POST /(?:connexion/.*|api/v1/jetons)|GET /connexion/avec/.*")
FILE_MAXIMALE = 1_000
PATIENCE_S = 20.0
LENTEUR_S = 30.0
SATURE = "Le service reçoit trop de demandes. Rien n’a été enregistré : réessayez dans quelques secondes."
TROP_LENT = "L’envoi a duré trop longtemps. Recommencez."


class FilePleine(Exception):
    """Too many wait already, or this one waited too long."""


class Couloir:
    """`places` requests at once, each in a thread of its own that keeps its connection."""

    def __init__(self, nom: str, places: int) -> None:
        self.nom = nom
        self.en_attente = 0
        self.places = places
        self._libre = asyncio.Semaphore(places)
        self._fils = [ThreadPoolExecutor(1, thread_name_prefix=f"{nom}-{i}") for i in range(places)]

    @asynccontextmanager
    async def place(self) -> AsyncIterator[ThreadPoolExecutor]:
        await self._wait()
        fil = self._fils.pop()
        try:
            yield fil
        finally:
            self._fils.append(fil)
            self._libre.release()

    async def _wait(self) -> None:
        if self.en_attente >= FILE_MAXIMALE:
            raise FilePleine
        self.en_attente += 1
        try:
            async with asyncio.timeout(PATIENCE_S):
                await self._libre.acquire()
        except TimeoutError:
            raise FilePleine from None
        finally:
            self.en_attente -= 1


class Couloirs:
    """Chooses the lane of a request, and carries it through Django."""

    def __init__(self, django: Any, pages: int) -> None:
        self._django = django
        self.direct = Couloir("direct", 4)
        self.pages = Couloir("pages", pages)
        # A password costs 19 ms of a core: two at a time leave room for the choices.
        self.connexions = Couloir("connexions", 2)
        self._attroupements = Attroupements(FilePleine)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        try:
            corps = await read_body(scope, receive)
        except CorpsTropGrand:
            await refuse(scope, send, 413, "trop_grand", "Ce fichier est trop grand : 25 Mo au plus.")
            return
        except CorpsTropLent:
            await refuse(scope, send, 408, "trop_lent", TROP_LENT, [(b"connection", b"close")])
            return
        if corps is not None:
            await self._carry(scope, replay(corps), send)

    async def _carry(self, scope: Any, receive: Any, send: Any) -> None:
        couloir, cle = self._lane(f"{scope['method']} {scope['path']}"), key_of(scope)

        async def carry(vers: Any, begin: Callable[[], None]) -> None:
            async with couloir.place() as fil:
                begin()
                async with ThreadSensitiveContext(executor=fil):
                    await self._django(scope, receive, vers)

        try:
            if cle is None:
                await carry(_patient(send), lambda: None)
            else:
                await self._attroupements.answer(cle, _patient(send), carry)
        except FilePleine:
            await refuse(scope, send, 503, "service_sature", SATURE, [(b"retry-after", b"5")])

    def _lane(self, demande: str) -> Couloir:
        if CONNEXION.fullmatch(demande):
            return self.connexions
        return self.direct if DIRECT.fullmatch(demande) else self.pages


def _patient(send: Any) -> Any:
    """Who does not read his answer may not keep a place for ever."""

    async def send_in_time(message: Any) -> None:
        async with asyncio.timeout(LENTEUR_S):
            await send(message)

    return send_in_time
