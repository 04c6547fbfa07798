"""Bodies: too large by what is declared or by what comes, too slow, or of somebody who left."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

import pytest

from gradin.live import corps
from gradin.live.corps import CorpsTropGrand, CorpsTropLent, read_body

MORCEAU = b"x" * 1_000_000


def scope(longueur: int | None = None) -> dict[str, Any]:
    headers = [] if longueur is None else [(b"content-length", str(longueur).encode())]
    return {"method": "POST", "headers": headers}


def sending(messages: Iterable[dict[str, Any]]) -> Callable[[], Awaitable[dict[str, Any]]]:
    suite = iter(messages)

    async def receive() -> dict[str, Any]:
        return next(suite)

    return receive


def parts(nombre: int) -> list[dict[str, Any]]:
    return [{"type": "http.request", "body": MORCEAU, "more_body": n + 1 < nombre} for n in range(nombre)]


async def test_two_hundred_megabytes_are_refused_before_the_first_is_read() -> None:
    with pytest.raises(CorpsTropGrand):
        await read_body(scope(200_000_000), sending([]))


async def test_a_lying_length_is_refused_by_what_comes() -> None:
    envoi = sending(parts(200))
    with pytest.raises(CorpsTropGrand):
        await read_body(scope(10), envoi)


async def test_one_octet_a_second_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corps, "DUREE_MAXIMALE_S", 0.01)

    async def never() -> dict[str, Any]:
        await asyncio.Event().wait()
        raise AssertionError

    with pytest.raises(CorpsTropLent):
        await read_body(scope(), never)


async def test_what_is_whole_is_read_and_who_left_sends_nothing() -> None:
    assert await read_body(scope(), sending(parts(2))) == MORCEAU * 2
    assert await read_body(scope(), sending([{"type": "http.disconnect"}])) is None
