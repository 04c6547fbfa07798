"""Cut an amphi into sessions in the time zone of its subdivision, and store them in UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from gradin.data.amphis.models import Amphi, ListeAppel, SessionChoix
from gradin.domain.rang.semestre import Saison, parse_semestre
from gradin.domain.sessions import cut_sessions
from gradin.queries.reglages import read_parametres_sessions

JOURS_AVANT_FAVORIS = 7
HEURE = time(9)
MOIS_DE_CHOIX = {Saison.ETE: 4, Saison.HIVER: 10}
SEMAINE = 7


def choose_debut(amphi: Amphi, debut: datetime | None) -> datetime:
    """Local hour of the first session: the one asked for, the one already set, or the usual one."""
    if debut is not None:
        return debut
    return to_local(amphi, amphi.debut) if amphi.debut else usual_debut(amphi.semestre.code)


def usual_debut(code: str) -> datetime:
    """First Monday of the month in which the semestre is chosen, at nine."""
    semestre = parse_semestre(code)
    premier = date(semestre.annee, MOIS_DE_CHOIX[semestre.saison], 1)
    return datetime.combine(premier + timedelta(days=-premier.weekday() % SEMAINE), HEURE)


def set_sessions(amphi: Amphi, liste: ListeAppel, debut: datetime | None, *, maintenant: datetime) -> None:
    """Cut from `debut`. Without one, sessions that still cover the list are kept, moved limits included."""
    if debut is None and is_covered(amphi, len(liste.figures)):
        return
    store_sessions(amphi, cut_amphi(amphi, liste, choose_debut(amphi, debut)), maintenant)


def cut_amphi(amphi: Amphi, liste: ListeAppel, debut: datetime) -> tuple[SessionChoix, ...]:
    """The sessions of the list from this local hour on, not stored."""
    anciennetes = tuple(ligne["anciennete"] for ligne in liste.figures)
    parametres = read_parametres_sessions(amphi.parametres)
    return tuple(
        SessionChoix(
            amphi=amphi,
            numero=session.numero,
            debut=to_utc(amphi, session.debut),
            fin=to_utc(amphi, session.fin),
            rang_de=session.rang_de,
            rang_a=session.rang_a,
        )
        for session in cut_sessions(anciennetes, debut, parametres)
    )


def store_sessions(amphi: Amphi, coupees: tuple[SessionChoix, ...], maintenant: datetime) -> None:
    """In the place of those stored, with the hours of the amphi that follow from them."""
    if [_read(session) for session in amphi.sessions.all()] != [_read(session) for session in coupees]:
        amphi.sessions.all().delete()
        SessionChoix.objects.bulk_create(coupees)
    _set_hours(amphi, coupees, maintenant)


def is_covered(amphi: Amphi, internes: int) -> bool:
    """Whether the stored sessions follow each other from rank 1 to the last of the list."""
    suivant = 1
    for session in amphi.sessions.all():
        if session.rang_de != suivant:
            return False
        suivant = session.rang_a + 1
    return amphi.debut is not None and suivant == internes + 1


def to_utc(amphi: Amphi, local: datetime) -> datetime:
    return local.replace(tzinfo=ZoneInfo(amphi.subdivision.fuseau)).astimezone(UTC)


def to_local(amphi: Amphi, instant: datetime) -> datetime:
    return instant.astimezone(ZoneInfo(amphi.subdivision.fuseau)).replace(tzinfo=None)


def _set_hours(amphi: Amphi, sessions: tuple[SessionChoix, ...], maintenant: datetime) -> None:
    if not sessions:
        return
    favoris = favoris_of(amphi, sessions[0].debut, maintenant)
    amphi.debut, amphi.fin, amphi.ouverture_favoris = sessions[0].debut, sessions[-1].fin, favoris
    amphi.save(update_fields=["debut", "fin", "ouverture_favoris"])


def favoris_of(amphi: Amphi, debut: datetime, maintenant: datetime) -> datetime:
    """So many days before the first session, at its hour: the parameter `jours_avant_favoris`."""
    if amphi.ouverture_favoris is not None and amphi.ouverture_favoris <= maintenant:
        # Already open: closing it again would take their favourites out of their hands.
        return amphi.ouverture_favoris
    jours = amphi.parametres.get("jours_avant_favoris", JOURS_AVANT_FAVORIS)
    return to_utc(amphi, to_local(amphi, debut) - timedelta(days=jours))


def _read(session: SessionChoix) -> tuple[int, datetime, datetime, int, int]:
    return (session.numero, session.debut, session.fin, session.rang_de, session.rang_a)
