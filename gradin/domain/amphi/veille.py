"""What a running amphi asks of the agent who watches it: pure, from its state, its presences and the hour."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from gradin.domain.amphi.appel import foreseen_order, next_session
from gradin.domain.amphi.facts import Label
from gradin.domain.amphi.parametres import Mode
from gradin.domain.amphi.state import Etat, EtatAmphi, Statut
from gradin.domain.amphi.temps import starts_alone

PROCHAINS = 3
FIN_PROCHE_MS = 30_000
BIENTOT_MS = 5 * 60_000
MINUTE_MS = 60_000
# A lunch is longer than a pause; the end of the day waits for the next morning.
PAUSE_LONGUE_MS: Mapping[Label, int] = {
    Label.TECHNIQUE: 0,
    Label.INCIDENT: 10 * MINUTE_MS,
    Label.PAUSE: 10 * MINUTE_MS,
    Label.REPAS: 90 * MINUTE_MS,
}


class Besoin(StrEnum):
    """In the order in which they cannot wait."""

    PANNE = "panne"
    FIN_SANS_PRESENCE = "fin_sans_presence"
    QUESTION = "question"
    SESSION = "session"
    ABSENT_BIENTOT = "absent_bientot"
    PAUSE_LONGUE = "pause_longue"
    PERSONNE = "personne"
    ABSENTS_DE_SUITE = "absents_de_suite"
    A_APPROUVER = "a_approuver"
    COUPLE = "couple"
    A_COMMENCER = "a_commencer"
    A_CLORE = "a_clore"
    LISTE = "liste"


URGENCE: Mapping[Besoin, int] = {besoin: rang for rang, besoin in enumerate(Besoin)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Constate:
    """One need. `interne`: whom it is about; `dans`: tours before his; `reste`: ms left or waited."""

    besoin: Besoin
    interne: int | None = None
    tour: int | None = None
    session: int | None = None
    dans: int = 0
    reste: int = 0


def watch(
    etat: Etat, presents: frozenset[int], *, maintenant: int, pause_depuis: int | None = None
) -> tuple[Constate, ...]:
    """Of an amphi that has started; nothing once closed. `pause_depuis`: when the pause began."""
    if etat.etat is EtatAmphi.CLOS:
        return ()
    if etat.etat is EtatAmphi.PAUSE:
        return (*_pause(etat, maintenant, pause_depuis), *_absents(etat, presents))
    if etat.tour is None:
        return _waiting(etat, maintenant)
    return (*_ending(etat, presents, maintenant), *_absents(etat, presents))


def _pause(etat: Etat, maintenant: int, depuis: int | None) -> tuple[Constate, ...]:
    label = etat.pause or Label.PAUSE
    attendu = maintenant - (depuis if depuis is not None else maintenant)
    if label is Label.TECHNIQUE:
        return (Constate(besoin=Besoin.PANNE, reste=attendu),)
    limite = PAUSE_LONGUE_MS.get(label)
    if limite is None or attendu < limite:
        return ()
    return (Constate(besoin=Besoin.PAUSE_LONGUE, reste=attendu),)


def _waiting(etat: Etat, maintenant: int) -> tuple[Constate, ...]:
    """Nobody has the tour; given by wishes, nobody ever has. A session that begins by itself asks nothing."""
    attendent = any(statut is Statut.A_VENIR for statut in etat.statuts.values())
    if etat.parametres.par_voeux:
        return () if attendent else (Constate(besoin=Besoin.A_CLORE),)
    session = next_session(etat)
    if session is not None and not etat.session_en_cours:
        reste = session.debut - maintenant
        if reste > BIENTOT_MS or starts_alone(etat):
            return ()
        return (Constate(besoin=Besoin.SESSION, session=session.session, reste=reste),)
    if attendent:
        return (Constate(besoin=Besoin.PERSONNE),)
    return (Constate(besoin=Besoin.A_CLORE),)


def _ending(etat: Etat, presents: frozenset[int], maintenant: int) -> tuple[Constate, ...]:
    tour = etat.tour
    assert tour is not None
    reste = tour.fin - maintenant
    if etat.parametres.mode is Mode.EN_SALLE or tour.interne in presents or reste > FIN_PROCHE_MS:
        return ()
    return (
        Constate(besoin=Besoin.FIN_SANS_PRESENCE, interne=tour.interne, tour=tour.tour, reste=max(0, reste)),
    )


def _absents(etat: Etat, presents: frozenset[int]) -> tuple[Constate, ...]:
    """Not connected, and their tour is one of the next three; in a room the agent calls."""
    if etat.parametres.mode is Mode.EN_SALLE:
        return ()
    ordre = foreseen_order(etat)
    suite = ordre[1:] if etat.tour is not None else ordre
    return tuple(
        Constate(besoin=Besoin.ABSENT_BIENTOT, interne=interne, dans=rang)
        for rang, interne in enumerate(suite[:PROCHAINS], start=1)
        if interne not in presents
    )
