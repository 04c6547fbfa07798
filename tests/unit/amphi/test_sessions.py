"""Start, sessions, rattrapage, close, the chain of amphis."""

from dataclasses import replace

import pytest

from gradin.domain.amphi import commands as c
from gradin.domain.amphi.engine import decide, echeance
from gradin.domain.amphi.state import VIDE
from gradin.domain.kernel import Motif, Refus
from tests.unit.amphi.partie import T0, Partie, ligne, session

HEURE = 3_600_000


def two_sessions(**options):
    return Partie(4, sessions=(session(1, 1, 2), session(2, 3, 4, T0 + HEURE)), **options)


def test_start_twice_is_one():
    partie = Partie()
    assert partie.do(partie.demarrage) == ()


def test_nothing_can_be_asked_before_the_start():
    partie = Partie(start=False)
    assert partie.why_not(c.Pauser()) is Motif.AMPHI_NON_DEMARRE
    assert partie.do(c.Echoir()) == ()


def test_later_amphi_of_a_chain_waits_for_the_earlier():
    partie = Partie(start=False)
    with pytest.raises(Refus, match="amont_ouvert"):
        decide(VIDE, partie.demarrage, c.Contexte(maintenant=T0, amont_ouvert=True))


@pytest.mark.parametrize(
    "faute",
    [
        {"liste": ()},
        {"liste": (ligne(1), ligne(1))},
        {"liste": (ligne(1, 5), ligne(2, 5))},
        {"liste": (ligne(2),)},
        {"couples": ((1, 9),)},
        {"couples": ((1, 1),)},
        {"sessions": (session(2, 1, 3),)},
    ],
)
def test_start_on_an_incoherent_list_is_refused(faute):
    partie = Partie(start=False)
    with pytest.raises(Refus, match="liste_invalide"):
        decide(VIDE, replace(partie.demarrage, **faute), c.Contexte(maintenant=T0))


def test_started_before_the_hour_waits_for_the_first_session():
    partie = Partie(sessions=(session(1, 1, 3, T0 + HEURE),))
    assert partie.names() == ["AmphiDemarre"]
    assert partie.why_not(c.DemarrerSession()) is Motif.SESSION_TROP_TOT
    assert echeance(partie.etat) is None
    partie.after(HEURE)
    assert partie.tick() == []
    assert partie.names(partie.do(c.DemarrerSession())) == ["SessionOuverte", "TourOuvert"]


def test_session_begins_by_itself_at_its_hour_when_so_set():
    partie = Partie(sessions=(session(1, 1, 3, T0 + HEURE),), demarrage_auto=True)
    assert echeance(partie.etat) == T0 + HEURE
    assert partie.names(partie.after(HEURE).tick()) == ["SessionOuverte", "TourOuvert"]


def test_finished_early_no_tour_until_the_next_session():
    partie = two_sessions()
    partie.choose_all("1", "2")
    assert partie.choosing is None
    assert not partie.etat.session_en_cours
    assert partie.why_not(c.DemarrerSession()) is Motif.SESSION_TROP_TOT
    partie.after(HEURE).do(c.DemarrerSession())
    assert partie.choosing == 3


def test_after_an_overrun_the_next_session_begins_by_itself():
    partie = two_sessions()
    partie.choose(1, "1")
    partie.after(30_000)
    partie.do(c.Pauser())
    partie.after(HEURE)
    partie.do(c.Reprendre())
    assert partie.names(partie.choose(2, "2")) == ["ChoixConfirme", "SessionOuverte", "TourOuvert"]


def test_session_that_overran_while_paused_is_followed_at_the_resume():
    partie = two_sessions()
    partie.choose(1, "1")
    partie.do(c.Pauser())
    partie.after(HEURE).pass_open()
    assert partie.names(partie.do(c.Reprendre())) == ["PauseTerminee", "SessionOuverte", "TourOuvert"]


def test_session_already_begun_is_nothing_to_do_and_another_is_refused():
    partie = two_sessions()
    assert partie.do(c.DemarrerSession(session=1)) == ()
    assert partie.why_not(c.DemarrerSession(session=2)) is Motif.SESSION_EN_COURS
    assert partie.why_not(c.DemarrerSession(session=3)) is Motif.SESSION_INCONNUE


def test_session_of_nobody_is_over_as_soon_as_begun():
    liste = [ligne(1, absence_prevue=True), ligne(2, absence_prevue=True), ligne(3)]
    sessions = (session(1, 1, 2), session(2, 3, 3))
    partie = Partie(liste=liste, sessions=sessions)
    assert partie.names() == ["AmphiDemarre", "SessionOuverte", "SessionOuverte", "TourOuvert"]
    assert partie.choosing == 3


def test_no_session_is_left_to_start():
    partie = Partie(1)
    partie.choose(1, "1")
    assert partie.why_not(c.DemarrerSession()) is Motif.SESSION_INCONNUE


def test_rattrapage_calls_the_passes_in_call_order():
    partie = Partie()
    for _ in range(3):
        partie.pass_open()
    (ouvert, tour) = partie.do(c.Rattraper(auteur="agent:1"))
    assert ouvert.internes == (1, 2, 3)
    assert tour.interne == 1
    assert partie.do(c.Rattraper()) == ()
    partie.choose_all("1", "2", "3")
    assert partie.why_not(c.Rattraper()) is Motif.RATTRAPAGE_IMPOSSIBLE


def test_rattrapage_waits_for_the_end_of_the_sessions():
    partie = Partie()
    partie.pass_open()
    assert partie.why_not(c.Rattraper()) is Motif.RATTRAPAGE_IMPOSSIBLE
    partie.do(c.Pauser())
    assert partie.why_not(c.Rattraper()) is Motif.AMPHI_EN_PAUSE


def test_close_when_all_have_chosen_needs_one_agent():
    partie = Partie(1)
    partie.choose(1, "1")
    (clos,) = partie.do(c.Clore(auteur="agent:1"))
    assert clos.internes == ()
    assert partie.do(c.Clore(auteur="agent:1")) == ()


def test_close_with_somebody_to_come_names_them_and_needs_two_agents():
    partie = Partie()
    partie.choose(1, "1")
    refus = partie.refused(c.Clore(auteur="agent:1"))
    assert refus.motif is Motif.SECOND_AGENT_REQUIS
    assert refus.details["internes"] == (2, 3)
    assert partie.why_not(c.Clore(auteur="agent:1", second="agent:1")) is Motif.SECOND_AGENT_REQUIS
    faits = partie.do(c.Clore(auteur="agent:1", second="agent:2", motif="incendie"))
    assert partie.names(faits) == ["TourPasse", "AmphiClos"]
    assert faits[-1].internes == (3,)
    assert faits[-1].prive.second == "agent:2"


def test_nothing_happens_after_the_close():
    partie = Partie(2)
    partie.pass_open()
    partie.choose(2, "1")
    partie.do(c.Clore(auteur="agent:1"))
    assert partie.why_not(c.Rattraper()) is Motif.AMPHI_CLOS
    assert partie.why_not(c.Replacer(interne=1)) is Motif.AMPHI_CLOS
    assert partie.why_not(partie.confirm(1, "2")) is Motif.AMPHI_CLOS
    assert partie.do(c.ConnecterRetour(interne=1)) == ()
    assert partie.after(10_000_000).tick() == []


def test_postes_held_before_count_as_chosen_and_are_closed():
    partie = Partie(tenus=("1",))
    assert partie.why_not(partie.confirm(1, "1")) is Motif.POSTE_POURVU
    partie.do(c.ChangerTypeChoix(interne=1, type_choix=c.TypeChoix.SURNOMBRE_VALIDANT))
    assert partie.why_not(partie.confirm(1, "1")) is Motif.POSTE_POURVU


def test_internes_affectes_elsewhere_start_hors_choix():
    partie = Partie(start=False)
    partie.ailleurs = frozenset({1, 77})
    partie.do(partie.demarrage)
    assert partie.faits[0].hors_choix == (1,)
    assert partie.choosing == 2
