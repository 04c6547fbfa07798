"""A connection on which nobody finishes his question is ended; one that waits for its answer is not."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
import uvicorn

from gradin.live import serveur

DEMANDE = b"GET / HTTP/1.1\r\nHost: ici\r\n\r\n"


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serveur, "ENTETES_S", 0.1)


def test_half_a_request_is_let_go_of() -> None:
    async def half(lire: asyncio.StreamReader, ecrire: asyncio.StreamWriter) -> None:
        ecrire.write(DEMANDE[:20])
        assert await lire.read() == b""

    asyncio.run(served(half))


def test_half_of_a_second_request_too() -> None:
    async def second(lire: asyncio.StreamReader, ecrire: asyncio.StreamWriter) -> None:
        ecrire.write(DEMANDE)
        assert b"tard" in await lire.readuntil(b"tard")
        ecrire.write(DEMANDE[:20])
        assert b"tard" not in await lire.read()

    asyncio.run(served(second))


def test_an_answer_may_take_longer_than_its_question() -> None:
    async def slow(lire: asyncio.StreamReader, ecrire: asyncio.StreamWriter) -> None:
        ecrire.write(DEMANDE)
        assert b"tard" in await lire.readuntil(b"tard")

    asyncio.run(served(slow))


def test_a_body_that_goes_on_after_its_answer_holds_nothing() -> None:
    async def drip(lire: asyncio.StreamReader, ecrire: asyncio.StreamWriter) -> None:
        ecrire.write(DEMANDE[:-2] + b"Content-Length: 100000\r\n\r\n")
        with contextlib.suppress(ConnectionError):
            while not lire.at_eof():
                ecrire.write(b"a")
                await ecrire.drain()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(lire.read(1_000), 0.05)

    asyncio.run(served(drip))


async def served(client: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]) -> None:
    """A real server of one answer, later than ENTETES_S."""
    config = uvicorn.Config(
        late, http=serveur.Patience, lifespan="off", log_config=None, port=0, timeout_keep_alive=0.3
    )
    un = uvicorn.Server(config)
    tache = asyncio.create_task(un.serve())
    while not un.started:
        await asyncio.sleep(0.01)
    port = un.servers[0].sockets[0].getsockname()[1]
    lire, ecrire = await asyncio.open_connection("127.0.0.1", port)
    try:
        async with asyncio.timeout(30):
            await client(lire, ecrire)
    finally:
        ecrire.close()
        un.should_exit = True
        await tache


async def late(scope: Any, receive: Any, send: Any) -> None:
    await asyncio.sleep(0.2)
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"4")]})
    await send({"type": "http.response.body", "body": b"tard"})
