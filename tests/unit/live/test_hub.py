"""The hub: each line once and in order to everybody, whoever is slow, late or ahead."""

import asyncio
import json
import random
from dataclasses import dataclass, field

import pytest

from gradin.live import canal as canaux
from gradin.live.canal import AUDIENCES, TAILLE_ANNEAU, Canal, Tranche
from gradin.live.hub import RETARD_MAXIMAL, Hub
from gradin.live.lecteur import PARTI, Droit, Lecteur
from gradin.live.sse import data_of, encode_fait, unframe


@dataclass
class Journal:
    """A journal of numbered lines; `lectures`: from which line it was read each time."""

    seq: int = 0
    lectures: list[int] = field(default_factory=list)

    async def read(self, amphi: int, depuis: int) -> Tranche:
        self.lectures.append(depuis)
        await asyncio.sleep(0)
        premier = max(depuis, self.seq - TAILLE_ANNEAU if depuis < 0 else 0, 0)
        blocs = tuple(encode_fait(n, "", "Fait", {}, {}) for n in range(premier + 1, self.seq + 1))
        return Tranche(seq=self.seq, blocs=dict.fromkeys(AUDIENCES, blocs))


@dataclass
class Flot:
    write_paused: bool = False


@dataclass
class Prise:
    """What one reader was given: `ecrits` as written, `fin` how it was ended."""

    flot: Flot = field(default_factory=Flot)
    ecrits: list[bytes] = field(default_factory=list)
    fins: list[bool] = field(default_factory=list)

    def lecteur(self, audience: str = "public", interne: int | None = None) -> Lecteur:
        droit = Droit(amphi=1, audience=audience, interne=interne)
        return Lecteur(droit, self.flot, self.ecrits.append, self.fins.append)

    def numeros(self) -> list[int]:
        blocs = [bloc for ecrit in self.ecrits for bloc in unframe(ecrit).split(b"\n\n") if bloc]
        return [json.loads(data_of(bloc + b"\n\n"))["n"] for bloc in blocs if bloc.startswith(b"id:")]


async def opened(journal: Journal) -> tuple[Hub, Canal]:
    hub = Hub()
    hub.start(journal.read)
    return hub, await hub.canal(1)


async def reached(hub: Hub, journal: Journal, seq: int) -> None:
    journal.seq = seq
    hub.reach(1, seq)
    while hub.canaux[1].lecture is not None:
        await asyncio.sleep(0)


async def test_every_reader_is_given_each_line_once_in_order() -> None:
    journal = Journal(seq=3)
    hub, canal = await opened(journal)
    prises = [Prise() for _ in AUDIENCES]
    for prise, audience in zip(prises, AUDIENCES, strict=True):
        canal.join(prise.lecteur(audience))
    await reached(hub, journal, 4)
    await reached(hub, journal, 7)
    assert [prise.numeros() for prise in prises] == [[4, 5, 6, 7]] * 3


async def test_a_reader_whose_transport_has_just_closed_does_not_silence_the_others() -> None:
    def refuse(morceau: bytes) -> None:
        raise RuntimeError("the handler is closed")

    journal = Journal(seq=3)
    hub, canal = await opened(journal)
    prises = [Prise() for _ in range(3)]
    for prise in prises:
        canal.join(prise.lecteur())
    parti = Lecteur(Droit(amphi=1), Flot(), refuse, lambda brutal: None)
    canal.join(parti)
    await reached(hub, journal, 4)
    await reached(hub, journal, 5)
    assert [prise.numeros() for prise in prises] == [[4, 5]] * 3


async def test_commits_during_a_reading_are_published_by_one_write() -> None:
    journal = Journal()
    hub, canal = await opened(journal)
    prise = Prise()
    canal.join(prise.lecteur())
    for seq in range(1, 11):
        journal.seq = seq
        hub.reach(1, seq)
    await reached(hub, journal, 10)
    assert prise.numeros() == list(range(1, 11)) and len(prise.ecrits) == 1


async def test_a_notice_already_known_reads_nothing() -> None:
    journal = Journal(seq=5)
    hub, _ = await opened(journal)
    before = len(journal.lectures)
    hub.reach(1, 5)
    hub.reach(1, 2)
    await asyncio.sleep(0)
    assert len(journal.lectures) == before


async def test_a_commit_told_while_the_channel_opens_is_not_lost() -> None:
    journal = Journal(seq=2)
    hub = Hub()
    hub.start(journal.read)
    ouverture = asyncio.ensure_future(hub.canal(1))
    hub.reach(1, 3)
    canal = await ouverture
    await reached(hub, journal, 3)
    assert canal.seq == 3


async def test_a_slow_reader_is_set_aside_and_comes_back_with_what_it_missed() -> None:
    journal = Journal()
    hub, canal = await opened(journal)
    prise = Prise()
    canal.join(prise.lecteur())
    await reached(hub, journal, 1)
    prise.flot.write_paused = True
    await reached(hub, journal, 4)
    prise.flot.write_paused = False
    hub.sweep(0.0, 30.0)
    await reached(hub, journal, 5)
    assert prise.numeros() == [1, 2, 3, 4, 5] and prise.fins == []


async def test_a_reader_slow_for_too_long_is_cut() -> None:
    journal = Journal()
    hub, canal = await opened(journal)
    prise = Prise(flot=Flot(write_paused=True))
    canal.join(prise.lecteur())
    await reached(hub, journal, 1)
    (depuis,) = canal.lents.values()
    hub.sweep(depuis + 29.0, 30.0)
    assert prise.fins == []
    hub.sweep(depuis + 31.0, 30.0)
    assert prise.fins == [True] and canal.count() == 0


async def test_what_the_ring_no_longer_holds_comes_from_the_journal() -> None:
    journal = Journal(seq=TAILLE_ANNEAU + 500)
    hub, canal = await opened(journal)
    blocs = await hub.backlog(canal, "public", 100)
    assert blocs is not None and len(blocs) == TAILLE_ANNEAU + 400
    assert journal.lectures[-1] == 100


async def test_a_reader_too_far_behind_or_of_another_journal_must_resync() -> None:
    journal = Journal(seq=RETARD_MAXIMAL + 10)
    hub, canal = await opened(journal)
    assert await hub.backlog(canal, "public", 5) is None
    assert await hub.backlog(canal, "public", journal.seq + 1) is None


async def test_a_reader_ahead_of_this_process_waits_for_the_journal() -> None:
    journal = Journal(seq=5)
    hub, canal = await opened(journal)
    journal.seq = 6
    assert await hub.backlog(canal, "public", 6) == ()
    assert canal.seq == 6


async def test_a_journal_that_cannot_be_read_is_read_again() -> None:
    journal = Journal(seq=1)
    hub, canal = await opened(journal)
    lire, hub._lire = hub._lire, broken
    await reached(hub, journal, 2)
    hub._lire = lire
    await reached(hub, journal, 2)
    assert canal.seq == 2


async def broken(amphi: int, depuis: int) -> Tranche:
    raise OSError("the database is away")


async def test_an_interne_who_waited_for_the_start_is_sent_back_for_his_number() -> None:
    canal = Canal(1)
    sans, avec = Prise(), Prise()
    canal.join(sans.lecteur("amphi"))
    canal.join(avec.lecteur("amphi", interne=3))
    await canal.publish(Tranche(seq=1, blocs=dict.fromkeys(AUDIENCES, (b"",)), demarre=True), 0.0)
    assert sans.fins == [False] and avec.fins == []


async def test_a_reader_who_has_just_left_takes_nothing_from_the_others() -> None:
    journal = Journal()
    hub, canal = await opened(journal)
    prises = [Prise() for _ in range(3)]
    parti = Lecteur(Droit(amphi=1), Flot(), closed, Prise().fins.append)
    for lecteur in (prises[0].lecteur(), parti, *(prise.lecteur() for prise in prises[1:])):
        canal.join(lecteur)
    await reached(hub, journal, 2)
    assert [prise.numeros() for prise in prises] == [[1, 2]] * 3


def closed(morceau: bytes) -> None:
    raise RuntimeError("the handler is closed")


async def test_the_stop_ends_every_stream() -> None:
    hub, canal = await opened(Journal())
    prises = [Prise(), Prise(flot=Flot(write_paused=True))]
    for prise in prises:
        canal.join(prise.lecteur())
    hub.close()
    assert [prise.fins for prise in prises] == [[False], [False]]


@pytest.mark.parametrize("graine", range(20))
async def test_who_comes_leaves_or_lags_between_two_slices_has_each_line_once(
    graine: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of three readers a slice, while every turn of the loop somebody moves."""
    monkeypatch.setattr(canaux, "LECTEURS_PAR_TOUR", 3)
    hasard, journal = random.Random(graine), Journal()
    hub, canal = await opened(journal)
    foule: list[tuple[Prise, Lecteur, int]] = []
    for _ in range(12):
        await come(hub, canal, foule, depuis=0)
    for seq in range(1, 15):
        journal.seq = seq
        hub.reach(1, seq)
        for _ in range(hasard.randrange(8)):
            await asyncio.sleep(0)
            await move(hasard, hub, canal, foule)
    for prise, _, _ in foule:
        prise.flot.write_paused = False
    await reached(hub, journal, 15)
    hub.sweep(0.0, 30.0)
    for prise, lecteur, depuis in foule:
        lus = prise.numeros()
        assert lus == list(range(depuis + 1, depuis + 1 + len(lus)))
        assert lecteur.vu == PARTI or depuis + len(lus) == 15
    assert canal.count() == sum(lecteur.vu != PARTI for _, lecteur, _ in foule)


async def come(hub: Hub, canal: Canal, foule: list[tuple[Prise, Lecteur, int]], depuis: int) -> None:
    """As the stream's counter does it: nothing is awaited between the backlog and the first event."""
    prise = Prise()
    lecteur = prise.lecteur()
    blocs = await hub.backlog(canal, "public", depuis)
    assert blocs is not None
    canal.give(lecteur, (b": first\n\n", *blocs))
    canal.join(lecteur)
    foule.append((prise, lecteur, depuis))


async def move(
    hasard: random.Random, hub: Hub, canal: Canal, foule: list[tuple[Prise, Lecteur, int]]
) -> None:
    prise, lecteur, _ = hasard.choice(foule)
    match hasard.randrange(6):
        case 0:
            await come(hub, canal, foule, depuis=hasard.randint(0, canal.seq))
        case 1:
            canal.leave(lecteur)
        case 2:
            lecteur.end(False)
            canal.leave(lecteur)
        case 3:
            prise.flot.write_paused = not prise.flot.write_paused
        case 4:
            await hub.tell_clock(0)
        case _:
            hub.sweep(0.0, 30.0)


async def test_nothing_falls_into_the_answer_that_follows_an_ended_stream() -> None:
    hub, canal = await opened(Journal())
    prise = Prise()
    lecteur = prise.lecteur()
    canal.join(lecteur)
    lecteur.end(False)
    await hub.tell_clock(0)
    await canal.publish(Tranche(seq=1, blocs=dict.fromkeys(AUDIENCES, (b"id: 1\n\n",))), 0.0)
    assert prise.fins == [False] and prise.ecrits == []
