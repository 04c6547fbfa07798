"""A crowd before one page: made once for those who wait together, never shared when it is somebody's own."""

import asyncio
from typing import Any

import pytest

from gradin.live.attroupement import Attroupements, Carry, key_of
from gradin.live.couloirs import FilePleine

ADRESSE = "/api/v1/amphis/7"


def scope(*headers: tuple[bytes, bytes], methode: str = "GET", chemin: str = ADRESSE) -> dict[str, Any]:
    tous = [(b"host", b"gradin"), (b"accept-encoding", b"gzip"), *headers]
    return {"method": methode, "path": chemin, "query_string": b"", "scheme": "https", "headers": tous}


class Atelier:
    """Makes pages one at a time; each says how many were made before it. The first waits for `ouvert`."""

    def __init__(self, *, statut: int = 200, cookie: bool = False) -> None:
        self.faites = 0
        self.ouvert = asyncio.Event()
        self.fini = asyncio.Event()
        self._statut = statut
        self._headers = [(b"x-request-id", b"a"), *([(b"set-cookie", b"jeton=1")] if cookie else [])]

    async def carry(self, send: Any, begin: Any) -> None:
        await self.ouvert.wait()
        begin()
        self.faites += 1
        corps = b"%d" % self.faites
        await self.fini.wait()
        await send({"type": "http.response.start", "status": self._statut, "headers": self._headers})
        await send({"type": "http.response.body", "body": corps})


async def ask(foule: Attroupements, carry: Carry) -> tuple[list[bytes], bytes]:
    """The names of the headers, and the body."""
    recus: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        recus.append(message)

    cle = key_of(scope())
    assert cle is not None
    await foule.answer(cle, send, carry)
    return [nom for nom, _ in recus[0]["headers"]], recus[1]["body"]


async def test_who_waits_together_is_answered_by_one_page_and_who_comes_later_by_another() -> None:
    foule, atelier = Attroupements(FilePleine), Atelier()
    ensemble = [asyncio.ensure_future(ask(foule, atelier.carry)) for _ in range(50)]
    await asyncio.sleep(0)
    atelier.ouvert.set()
    await asyncio.sleep(0)
    tard = asyncio.ensure_future(ask(foule, atelier.carry))
    await asyncio.sleep(0)
    atelier.fini.set()
    premiere, *autres = await asyncio.gather(*ensemble)
    assert premiere == ([b"x-request-id"], b"1") and set(map(str, autres)) == {str(([], b"1"))}
    assert (await tard)[1] == b"2" and atelier.faites == 2


@pytest.mark.parametrize("sien", [{"cookie": True}, {"statut": 429}])
async def test_what_is_one_persons_is_not_given_to_another(sien: dict[str, Any]) -> None:
    foule, atelier = Attroupements(FilePleine), Atelier(**sien)
    ensemble = [asyncio.ensure_future(ask(foule, atelier.carry)) for _ in range(3)]
    atelier.ouvert.set()
    atelier.fini.set()
    assert {corps for _, corps in await asyncio.gather(*ensemble)} == {b"1", b"2", b"3"}


async def test_one_who_fails_leaves_the_others_to_ask_for_themselves() -> None:
    foule, atelier = Attroupements(FilePleine), Atelier()

    async def fail(send: Any, begin: Any) -> None:
        await asyncio.sleep(0)
        raise OSError

    perdu = asyncio.ensure_future(ask(foule, fail))
    await asyncio.sleep(0)
    atelier.ouvert.set()
    atelier.fini.set()
    assert (await ask(foule, atelier.carry))[1] == b"1"
    with pytest.raises(OSError):
        await perdu


async def test_a_queue_that_is_full_is_full_for_all_who_waited_together() -> None:
    foule, demandes = Attroupements(FilePleine), 0

    async def wait_in_vain(send: Any, begin: Any) -> None:
        nonlocal demandes
        demandes += 1
        await asyncio.sleep(0)
        raise FilePleine

    ensemble = [asyncio.ensure_future(ask(foule, wait_in_vain)) for _ in range(5)]
    refus = await asyncio.gather(*ensemble, return_exceptions=True)
    assert [type(un) for un in refus] == [FilePleine] * 5 and demandes == 1


@pytest.mark.parametrize(
    "seul",
    [
        scope((b"cookie", b"sessionid=x")),
        scope((b"authorization", b"Bearer x")),
        scope((b"if-none-match", b'"3"')),
        scope((b"hx-request", b"true")),
        scope(methode="POST"),
        scope(chemin="/mon-amphi/"),
        scope(chemin="/api/v1/moi"),
    ],
)
def test_who_carries_something_or_asks_for_his_own_is_answered_alone(seul: dict[str, Any]) -> None:
    assert key_of(seul) is None


def test_another_host_or_encoding_is_another_page() -> None:
    assert key_of(scope((b"user-agent", b"Firefox"))) == key_of(scope((b"x-forwarded-for", b"192.0.2.1")))
    assert key_of(scope()) != key_of(scope((b"accept", b"text/html")))
