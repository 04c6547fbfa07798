"""The wire and what surrounds it: framing, tickets, presence, lanes, the fallback when uvicorn changes."""

import asyncio
from typing import Any

import pytest

from gradin.config.checks import is_weak
from gradin.live import billet
from gradin.live.couloirs import Couloir, FilePleine
from gradin.live.demande import DemandeRefusee, check_same_origin
from gradin.live.lecteur import Droit, lecteur_of
from gradin.live.presence import TOLERANCE_MS, Presences
from gradin.live.sse import LONGUEUR_MAXIMALE, data_of, encode_fait, frame, unframe

DROIT = Droit(amphi=7, audience="amphi", compte=3, interne=12, session="abc", secret="s")


def test_a_frame_is_one_chunk_whose_length_is_said_in_hexadecimal() -> None:
    assert frame((b"x" * 10, b"y" * 10)) == b"14\r\n" + b"x" * 10 + b"y" * 10 + b"\r\n"
    assert unframe(frame((b"abc",))) == b"abc"


def test_a_fact_without_private_part_says_nothing_of_it() -> None:
    bloc = encode_fait(4, "2027-04-05T07:00:00.000Z", "PosteRetire", {"poste": "é1"}, {})
    attendu = '{"n":4,"a":"2027-04-05T07:00:00.000Z","fait":"PosteRetire","p":{"poste":"é1"}}'
    assert bloc.startswith(b"id: 4\nevent: PosteRetire\n") and data_of(bloc).decode() == attendu


def test_a_fact_too_long_for_the_wire_is_abridged() -> None:
    bloc = encode_fait(1, "", "AmphiDemarre", {"liste": "x" * LONGUEUR_MAXIMALE}, {})
    assert data_of(bloc) == b'{"n":1,"a":"","fait":"AmphiDemarre","p":{},"abrege":true}'


def test_a_ticket_is_worth_what_was_judged_with_the_same_session() -> None:
    assert billet.redeem(billet.issue(DROIT, 0), 7, "abc", 1) == DROIT


@pytest.mark.parametrize(
    ("amphi", "session", "maintenant"), [(8, "abc", 1), (7, "autre", 1), (7, "abc", billet.DUREE_MS + 1)]
)
def test_a_ticket_is_worth_nothing_elsewhere_or_later(amphi: int, session: str, maintenant: int) -> None:
    assert billet.redeem(billet.issue(DROIT, 0), amphi, session, maintenant) is None


@pytest.mark.parametrize("faux", ["", "a.b", "é.é", "eyJhIjo3fQ==." + "0" * 64])
def test_a_forged_ticket_is_worth_nothing(faux: str) -> None:
    assert billet.redeem(faux, 7, "abc", 1) is None


def test_a_tampered_ticket_is_worth_nothing() -> None:
    corps, _, signature = billet.issue(DROIT, 0).partition(".")
    autre = billet.issue(Droit(amphi=7, audience="regie", compte=3, session="abc"), 0).partition(".")[0]
    assert corps != autre and billet.redeem(f"{autre}.{signature}", 7, "abc", 1) is None


def test_presence_lasts_as_long_as_a_stream_and_fifteen_seconds_more() -> None:
    instant = [0]
    presences = Presences(lambda: instant[0])
    presences.enter(1, 5)
    instant[0] = 10 * TOLERANCE_MS
    assert presences.presents(1) == {5}
    presences.leave(1, 5)
    instant[0] += TOLERANCE_MS
    assert presences.presents(1) == {5}
    instant[0] += 1
    assert presences.presents(1) == frozenset()


def test_two_tabs_closed_one_after_the_other_leave_him_present_until_the_second() -> None:
    presences = Presences(lambda: 0)
    presences.enter(1, 5)
    presences.enter(1, 5)
    presences.leave(1, 5)
    assert presences.presents(1) == {5} and presences.presents(2) == frozenset()


def test_presence_seen_by_another_process_counts() -> None:
    presences = Presences(lambda: 0)
    presences.set_elsewhere({1: frozenset({9})})
    presences.see(1, 5)
    assert presences.presents(1) == {5, 9} and presences.ici(1) == {5}


async def test_a_lane_carries_so_many_at_once_and_says_when_its_queue_is_full(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("gradin.live.couloirs.FILE_MAXIMALE", 1)
    couloir = Couloir("essai", 1)
    async with couloir.place():
        attend = asyncio.ensure_future(enter(couloir))
        await asyncio.sleep(0)
        with pytest.raises(FilePleine):
            await enter(couloir)
    await attend
    assert couloir.en_attente == 0


async def enter(couloir: Couloir) -> None:
    async with couloir.place():
        pass


@pytest.mark.parametrize("origine", ["https://gradin.example", "http://autre.example", "null"])
def test_a_page_of_another_site_may_not_use_our_cookies(origine: str) -> None:
    headers = {b"host": "127.0.0.1:8000", b"cookie": "sessionid=x", b"origin": origine}
    with pytest.raises(DemandeRefusee):
        check_same_origin(headers)


def test_our_own_page_and_a_program_without_cookies_may() -> None:
    check_same_origin({b"host": "127.0.0.1:8000", b"cookie": "x", b"origin": "http://127.0.0.1:8000"})
    check_same_origin({b"host": "127.0.0.1:8000", b"origin": "https://autre.example"})


class Cycle:
    """A server whose transport is unknown: each message is kept, and waits while `retenu` is set."""

    def __init__(self) -> None:
        self.messages: list[Any] = []
        self.retenu: asyncio.Event | None = None

    async def send(self, message: Any) -> None:
        if self.retenu is not None:
            await self.retenu.wait()
        self.messages.append(message)


async def test_without_a_known_transport_send_is_driven_by_hand() -> None:
    cycle = Cycle()
    lecteur = lecteur_of(cycle.send, DROIT)
    lecteur.write(frame((b"un",)))
    assert cycle.messages == [{"type": "http.response.body", "body": b"un", "more_body": True}]
    lecteur.end(False)
    assert cycle.messages[-1]["more_body"] is False


async def test_a_driven_reader_who_makes_wait_is_slow_until_it_has_read() -> None:
    cycle = Cycle()
    cycle.retenu = asyncio.Event()
    lecteur = lecteur_of(cycle.send, DROIT)
    lecteur.write(frame((b"un",)))
    assert lecteur.flot.write_paused and cycle.messages == []
    cycle.retenu.set()
    while lecteur.flot.write_paused:
        await asyncio.sleep(0)
    assert [message["body"] for message in cycle.messages] == [b"un"]


@pytest.mark.parametrize("cle", ["", "court", "a" * 80, "django-insecure-" + "abcdefghij" * 5])
def test_a_weak_key_is_recognised(cle: str) -> None:
    assert is_weak(cle)
