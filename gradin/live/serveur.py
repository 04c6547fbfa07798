"""uvicorn as a library: ends the streams before it stops, and takes a signal for an ordinary end."""

import asyncio
import gc
import signal
import socket
import sys
from collections.abc import Callable
from typing import Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

# Waiting answers beyond this are the reader's own delay; the kernel doubles it.
TAMPON_ENVOI = 64 * 1024
# A peer that acknowledges nothing is gone: the kernel cuts it.
SILENCE_TCP_MS = 30_000
FILE_CONNEXIONS = 8_192
# From the connection, or from the first octet of a request, to the end of its headers.
ENTETES_S = 30.0


class Patience(HttpToolsProtocol):
    """Who never says what he asks is let go of: uvicorn would hold half a request for ever."""

    _limite: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._begin()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._begin()

    def on_headers_complete(self) -> None:
        self._end()
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        self._end()
        super().connection_lost(exc)

    def _unset_keepalive_if_required(self) -> None:
        """What goes on coming of a body that was refused keeps nothing open."""
        if self.cycle is None or not (self.cycle.response_complete and self.cycle.more_body):
            super()._unset_keepalive_if_required()

    def _begin(self) -> None:
        self._end()
        self._limite = self.loop.call_later(ENTETES_S, self.transport.close)

    def _end(self) -> None:
        if self._limite is not None:
            self._limite.cancel()


class Serveur(uvicorn.Server):
    """`close_streams` is called first at the stop: uvicorn would wait for streams for ever."""

    def __init__(self, config: uvicorn.Config, close_streams: Callable[[], None]) -> None:
        super().__init__(config)
        self._close_streams = close_streams

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._close_streams()
        await super().shutdown(sockets)


def serve(
    application: str, adresse: str, port: int, close_streams: Callable[[], None], *, partage: bool = False
) -> None:
    """Returns when the process was asked to stop; raises SystemExit when it could not start.

    `partage`: other processes listen on the same port.
    """
    config = uvicorn.Config(
        application,
        loop="uvloop",
        http=Patience,
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        backlog=FILE_CONNEXIONS,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=1,
    )
    # uvicorn raises the signal again once it has stopped: it must find somebody who takes it calmly.
    for signe in (signal.SIGINT, signal.SIGTERM):
        signal.signal(signe, _ignore)
    quiet_process()
    Serveur(config, close_streams).run(sockets=[take_port(adresse, port, partage=partage)])


def _ignore(*_: Any) -> None:
    return None


def take_port(adresse: str, port: int, *, partage: bool = False) -> socket.socket:
    """Taken at once, listened to by uvicorn once the start is over.

    Meanwhile a proxy, or the kernel among the processes of one port, gives connections to those that answer.
    Options set here are inherited by each connection.
    """
    famille, *_, lieu = socket.getaddrinfo(adresse, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    prise = socket.socket(famille, socket.SOCK_STREAM)
    prise.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if partage:
        prise.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    prise.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, TAMPON_ENVOI)
    prise.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, SILENCE_TCP_MS)
    prise.bind(lieu)
    prise.setblocking(False)
    return prise


def quiet_process() -> None:
    """Threads give way to the loop quickly; the collector looks often at a few new objects, seldom at others.

    Measured: 100,000 new ones, most of them left by requests, held everybody 0.15 s; 5,000 take 6 ms.
    """
    sys.setswitchinterval(0.0005)
    gc.set_threshold(5_000, 50, 100)


def freeze_memory() -> None:
    """What the start has built stays for ever: the collector need not look at it again."""
    gc.collect()
    gc.freeze()
