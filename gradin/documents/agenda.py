"""The iCalendar feed (RFC 5545): instants in UTC, whole days as dates, a UID and a SEQUENCE to trust."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

PRODID = "-//Gradin//Calendrier des choix//FR"
RAFRAICHIR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class DateAgenda:
    """`debut`, `fin`: aware instants, or days (`fin` the last one, included)."""

    uid: str
    sequence: int
    titre: str
    debut: datetime | date
    fin: datetime | date | None
    modifie: datetime
    description: str = ""
    lieu: str = ""
    adresse: str = ""
    categorie: str = ""
    annule: bool = False
    prevu: bool = False


def write_agenda(nom: str, dates: Iterable[DateAgenda]) -> bytes:
    calendrier = Calendar()
    calendrier.add("prodid", PRODID)
    calendrier.add("version", "2.0")
    calendrier.add("calscale", "GREGORIAN")
    calendrier.add("method", "PUBLISH")
    calendrier.add("x-wr-calname", nom)
    calendrier.add("name", nom)
    calendrier.add("refresh-interval", RAFRAICHIR, parameters={"VALUE": "DURATION"})
    calendrier.add("x-published-ttl", "PT1H")
    for une in dates:
        calendrier.add_component(_event(une))
    return bytes(calendrier.to_ical())


def _event(une: DateAgenda) -> Event:
    event = Event()
    event.add("uid", une.uid)
    event.add("sequence", une.sequence)
    event.add("dtstamp", une.modifie.astimezone(UTC))
    event.add("last-modified", une.modifie.astimezone(UTC))
    event.add("summary", une.titre)
    event.add("dtstart", _instant(une.debut))
    fin = une.fin or une.debut
    # A day's end is the day after; an instant without end lasts none.
    if not isinstance(fin, datetime):
        event.add("dtend", fin + timedelta(days=1))
    elif une.fin is not None:
        event.add("dtend", _instant(fin))
    for nom, valeur in (
        ("description", une.description),
        ("location", une.lieu),
        ("url", une.adresse),
        ("categories", [une.categorie] if une.categorie else ""),
    ):
        if valeur:
            event.add(nom, valeur)
    event.add("status", "CANCELLED" if une.annule else "TENTATIVE" if une.prevu else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if not isinstance(une.debut, datetime) else "OPAQUE")
    return event


def _instant(moment: datetime | date) -> datetime | date:
    return moment.astimezone(UTC) if isinstance(moment, datetime) else moment
