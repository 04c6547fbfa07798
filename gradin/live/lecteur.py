"""One reader of a stream: where its bytes go, and what its right to read rests on."""

import asyncio
import contextlib
import sys
import types
from collections.abc import Callable, Coroutine, Generator
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from gradin.live.sse import unframe


@dataclass(frozen=True, slots=True, kw_only=True)
class Droit:
    """What was judged at admission. `session` or `jeton` is empty; both are for an anonymous reader.

    `interne`: its own number in the started list; `mandants`: those of whom it holds the procuration.
    `secret`: digest of what the account's password is stored as, so that a changed password ends its streams.
    """

    amphi: int
    audience: str = "public"
    compte: int | None = None
    interne: int | None = None
    session: str = ""
    jeton: str = ""
    secret: str = ""
    mandants: tuple[int, ...] = ()

    @property
    def anonyme(self) -> bool:
        return self.compte is None

    @property
    def concernes(self) -> tuple[int, ...]:
        """Numbers whose own events this reader hears."""
        return self.mandants if self.interne is None else (self.interne, *self.mandants)

    @property
    def voix(self) -> tuple[int, ...]:
        """As `domain.amphi.presence` counts it."""
        own = () if self.interne is None else (self.interne,)
        return own + tuple(-numero for numero in self.mandants)


class Flot(Protocol):
    """Whether bytes wait for the reader (over 64 KiB: uvicorn's and asyncio's high-water mark)."""

    write_paused: bool


# Beyond any line: who has left, or was ended, has nothing more to read.
PARTI = sys.maxsize


class Lecteur:
    """`write` takes framed bytes. `vu`: last line it was given, PARTI once nothing more may be written."""

    __slots__ = ("_end", "droit", "flot", "vu", "write")

    def __init__(
        self, droit: Droit, flot: Flot, write: Callable[[bytes], Any], end: Callable[[bool], None]
    ) -> None:
        self.droit = droit
        self.flot = flot
        self.write = write
        self.vu = 0
        self._end = end

    def end(self, brutal: bool) -> None:
        """The browser's next answer may follow on the same connection: a fact must not fall into it."""
        self.vu = PARTI
        self._end(brutal)


def lecteur_of(send: Any, droit: Droit) -> Lecteur:
    """Straight to uvicorn's transport when its private parts are as known; else by driving `send`."""
    cycle: Any = getattr(send, "__self__", None)
    transport: Any = getattr(cycle, "transport", None)
    flot: Any = getattr(cycle, "flow", None)
    chunked = getattr(cycle, "chunked_encoding", None) is True
    if not (chunked and hasattr(flot, "write_paused") and hasattr(transport, "write")):
        pilote = Pilote(send)
        return Lecteur(droit, pilote, pilote.write, pilote.end)
    return Lecteur(droit, flot, transport.write, partial(_end, transport, send))


def _end(transport: Any, send: Any, brutal: bool) -> None:
    """An end that uvicorn knows of: the browser's next request may be on this connection already."""
    if brutal:
        transport.abort()
    elif not transport.is_closing():
        Pilote(send).end(False)


class Pilote:
    """Steps `send` by hand: no task unless the reader makes it wait."""

    __slots__ = ("_send", "_suite", "write_paused")

    def __init__(self, send: Any) -> None:
        self._send = send
        self._suite: asyncio.Task[None] | None = None
        self.write_paused = False

    def write(self, morceau: bytes) -> None:
        self._step({"type": "http.response.body", "body": unframe(morceau), "more_body": True})

    def end(self, brutal: bool) -> None:
        if not brutal:
            self._step({"type": "http.response.body", "body": b"", "more_body": False})

    def _step(self, message: Any) -> None:
        envoi: Coroutine[Any, Any, None] = self._send(message)
        try:
            attendu = envoi.send(None)
        except StopIteration:
            return
        self.write_paused = True
        self._suite = asyncio.ensure_future(self._finish(envoi, attendu))

    async def _finish(self, envoi: Coroutine[Any, Any, None], attendu: Any) -> None:
        with contextlib.suppress(OSError):
            await _resumed(envoi, attendu)
        self.write_paused = False


@types.coroutine
def _resumed(envoi: Coroutine[Any, Any, None], attendu: Any) -> Generator[Any, Any, None]:
    """Goes on with a coroutine that already waits for `attendu`."""
    while True:
        recu = yield attendu
        try:
            attendu = envoi.send(recu)
        except StopIteration:
            return
