"""The feed as calendars read it."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar

from gradin.documents.agenda import DateAgenda, write_agenda

PARIS = ZoneInfo("Europe/Paris")
DEBUT = datetime(2027, 4, 5, 9, 30, tzinfo=PARIS)


def _read(**changes: object) -> dict[str, object]:
    valeurs: dict[str, object] = {
        "uid": "amphi-7@choix.example",
        "sequence": 2,
        "titre": "Choix, phase socle\u00a0: première session",
        "debut": DEBUT,
        "fin": DEBUT + timedelta(hours=2),
        "modifie": DEBUT,
    }
    agenda = Calendar.from_ical(write_agenda("Choix", [DateAgenda(**{**valeurs, **changes})]))  # type: ignore[arg-type]
    [event] = agenda.walk("VEVENT")
    return event


def test_an_instant_is_written_in_utc_whatever_the_season() -> None:
    assert _read()["dtstart"].to_ical() == b"20270405T073000Z"  # type: ignore[attr-defined]
    hiver = datetime(2027, 11, 8, 9, 30, tzinfo=PARIS)
    event = _read(debut=hiver, fin=hiver + timedelta(hours=1))
    assert event["dtstart"].to_ical() == b"20271108T083000Z"  # type: ignore[attr-defined]


def test_a_whole_day_ends_the_day_after() -> None:
    event = _read(debut=date(2027, 4, 5), fin=date(2027, 4, 9))
    assert event["dtstart"].dt == date(2027, 4, 5)  # type: ignore[attr-defined]
    assert event["dtend"].dt == date(2027, 4, 10)  # type: ignore[attr-defined]


def test_what_is_removed_says_so_and_keeps_its_uid() -> None:
    event = _read(annule=True)
    assert (event["status"], event["uid"], event["sequence"]) == ("CANCELLED", "amphi-7@choix.example", 2)


def test_long_texts_are_folded_and_read_again_whole() -> None:
    texte = "Précisions ; avec, des signes\net des lignes " * 20
    assert _read(description=texte)["description"] == texte


def test_a_date_without_end_has_none() -> None:
    assert "dtend" not in _read(fin=None)


def test_the_stamp_is_in_utc() -> None:
    assert _read()["dtstamp"].dt == DEBUT.astimezone(UTC)  # type: ignore[attr-defined]
