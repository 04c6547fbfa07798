"""What a running amphi asks of the agent who watches it."""

from gradin.domain.amphi import commands as c
from gradin.domain.amphi.facts import Label
from gradin.domain.amphi.veille import Besoin, Constate, watch
from tests.unit.amphi.partie import T0, Partie, session

MINUTE = 60_000


def needs(partie: Partie, presents: set[int], pause_depuis: int | None = None) -> list[Constate]:
    return [*watch(partie.etat, frozenset(presents), maintenant=partie.t, pause_depuis=pause_depuis)]


def test_somebody_not_connected_within_the_next_three_is_named_and_no_further():
    partie = Partie(internes=6, postes=6)
    lus = needs(partie, {1, 3})
    assert [(one.besoin, one.interne, one.dans) for one in lus] == [
        (Besoin.ABSENT_BIENTOT, 2, 1),
        (Besoin.ABSENT_BIENTOT, 4, 3),
    ]


def test_the_end_of_a_tour_without_anybody_connected_is_told_thirty_seconds_before():
    partie = Partie(internes=1).after(59_999)
    assert needs(partie, set()) == []
    assert needs(partie.after(1), {1}) == []
    (lu,) = needs(partie, set())
    assert (lu.besoin, lu.interne, lu.reste) == (Besoin.FIN_SANS_PRESENCE, 1, 30_000)


def test_in_a_room_nobody_is_judged_by_his_connection():
    partie = Partie(internes=4, mode="en_salle").after(80_000)
    assert needs(partie, set()) == []


def test_a_technical_pause_is_told_at_once_a_lunch_only_when_it_lasts():
    partie = Partie(internes=1)
    partie.do(c.Pauser(label=Label.TECHNIQUE))
    assert [one.besoin for one in needs(partie, {1}, T0)] == [Besoin.PANNE]
    partie = Partie(internes=1)
    partie.do(c.Pauser(label=Label.REPAS))
    assert needs(partie.after(89 * MINUTE), {1}, T0) == []
    assert [one.besoin for one in needs(partie.after(MINUTE), {1}, T0)] == [Besoin.PAUSE_LONGUE]


def test_a_session_is_told_five_minutes_before_its_hour():
    sessions = (session(1, 1, 1), session(2, 2, 3, debut=T0 + 20 * MINUTE))
    partie = Partie(sessions=sessions)
    partie.do(c.ConfirmChoix(interne=1, poste="1", tour=1, vu=partie.etat.seq))
    assert needs(partie, {1, 2, 3}) == []
    (lu,) = needs(partie.after(15 * MINUTE), {1, 2, 3})
    assert (lu.besoin, lu.session, lu.reste) == (Besoin.SESSION, 2, 5 * MINUTE)


def test_an_amphi_finished_but_not_closed_is_told():
    partie = Partie(internes=1)
    partie.do(c.ConfirmChoix(interne=1, poste="1", tour=1, vu=partie.etat.seq))
    assert [one.besoin for one in needs(partie, {1})] == [Besoin.A_CLORE]
    partie.do(c.Clore())
    assert needs(partie, {1}) == []


def test_an_amphi_given_by_wishes_awaits_nobody_and_no_session_then_its_close():
    partie = Partie(internes=2, postes=2, par_voeux=True)
    assert needs(partie, set()) == []
    partie.do(c.ChoisirParVoeux(voeux={1: ("1",)}))
    assert [one.besoin for one in needs(partie, set())] == [Besoin.A_CLORE]
