"""Absence at the opening, late arrivals, requests to come back; T21, T22."""

from gradin.domain.amphi import commands as c
from gradin.domain.amphi.appel import internes_devant
from gradin.domain.amphi.engine import echeance
from gradin.domain.kernel import Motif
from tests.unit.amphi.partie import T0, Partie, ligne, session


def absent_first(internes=4, **options):
    """The first interne was not there and has passed; the second chooses."""
    partie = Partie(internes, presents=set(range(2, internes + 1)), **options)
    partie.after(15_001).tick()
    assert partie.choosing == 2
    return partie


def test_absent_interne_passes_after_the_delay():
    partie = Partie(presents={2, 3})
    assert echeance(partie.etat) == T0 + 15_100
    assert partie.after(15_000).tick() == []
    partie.after(1).tick()
    assert partie.statuts() == ["passe", "en_cours", "a_venir"]
    assert partie.etat.causes[1].value == "absent"


def test_connected_in_time_keeps_the_whole_tour_whatever_follows():
    partie = Partie(presents={2, 3}).after(14_000)
    assert partie.names(partie.do(c.ConnecterRetour(interne=1))) == ["ActeReserve"]
    assert partie.after(70_000).tick() == []
    assert partie.choose(1, "1")


def test_found_connected_at_the_judgement_is_not_judged_again():
    partie = Partie(presents={2, 3}).after(15_001)
    partie.presents = frozenset({1})
    assert partie.names(partie.tick()) == ["ActeReserve"]
    partie.presents = frozenset()
    assert partie.after(60_000).tick() == []


def test_present_at_the_opening_is_never_judged():
    partie = Partie()
    partie.presents = frozenset()
    assert partie.after(80_000).tick() == []


def test_time_out_of_somebody_never_seen_counts_as_absence():
    partie = Partie(presents=(), duree_tour_ms=10_000, delai_absence_ms=60_000).after(12_001)
    partie.tick()
    assert partie.etat.causes[1].value == "absent"


def test_late_interne_is_placed_right_after_the_one_choosing():
    partie = absent_first()
    partie.do(c.ConnecterRetour(interne=1))
    assert partie.choosing == 2
    assert partie.statut(1) == "a_venir"
    partie.choose(2, "1")
    assert partie.choosing == 1


def test_several_late_internes_keep_call_order_between_them():
    partie = Partie(5, presents={4, 5})
    for _ in range(3):
        partie.after(15_001).tick()
    for interne in (3, 1, 2):
        partie.do(c.ConnecterRetour(interne=interne))
    ordre = []
    while partie.choosing:
        ordre.append(partie.choosing)
        partie.choose(partie.choosing, str(len(ordre))) if len(ordre) < 5 else partie.pass_open()
    assert ordre == [4, 1, 2, 3, 5]


def test_late_interne_during_a_pause_comes_after_the_suspended_tour():
    partie = absent_first()
    partie.do(c.Pauser())
    assert partie.names(partie.do(c.ConnecterRetour(interne=1))) == ["RetourPlace"]
    partie.do(c.Reprendre())
    assert partie.choosing == 2
    partie.choose(2, "1")
    assert partie.choosing == 1


def test_late_interne_between_sessions_is_first_of_the_next():
    sessions = (session(1, 1, 2), session(2, 3, 4, T0 + 3_600_000))
    partie = absent_first(sessions=sessions)
    partie.choose(2, "1")
    partie.do(c.ConnecterRetour(interne=1))
    assert partie.choosing is None
    partie.after(3_600_000).do(c.DemarrerSession())
    assert partie.choosing == 1


def test_late_interne_after_the_last_session_has_his_tour_at_once():
    partie = absent_first(2)
    partie.choose(2, "1")
    partie.do(c.ConnecterRetour(interne=1))
    assert partie.choosing == 1


def test_reconnecting_twenty_times_brings_back_once():
    partie = absent_first()
    partie.presents = frozenset({2, 3, 4})
    retours = [partie.do(c.ConnecterRetour(interne=1)) for _ in range(20)]
    assert [bool(faits) for faits in retours] == [True] + [False] * 19
    partie.choose(2, "1")
    partie.after(15_001).tick()
    assert partie.statut(1) == "passe"
    assert partie.do(c.ConnecterRetour(interne=1)) == ()
    assert partie.why_not(c.DemanderRetour(interne=1)) is Motif.RETOUR_DEJA_UTILISE
    assert partie.do(c.Replacer(interne=1, auteur="agent:1"))


def test_connecting_does_not_bring_back_one_whose_time_ran_out():
    partie = Partie().after(92_001)
    partie.tick()
    assert partie.etat.causes[1].value == "temps_ecoule"
    assert partie.do(c.ConnecterRetour(interne=1)) == ()


def test_one_whose_time_ran_out_asks_to_come_back_once():
    partie = Partie().after(92_001)
    assert partie.names(partie.do(c.DemanderRetour(interne=1))) == ["RetourPlace"]
    assert partie.do(c.DemanderRetour(interne=1)) == ()
    partie.pass_open()
    assert partie.choosing == 1
    partie.pass_open()
    assert partie.why_not(c.DemanderRetour(interne=1)) is Motif.RETOUR_DEJA_UTILISE


def test_agent_places_back_as_often_as_he_wants():
    partie = Partie(2)
    for _ in range(3):
        partie.pass_open()
        partie.do(c.Replacer(interne=1))
        assert partie.do(c.Replacer(interne=1)) == ()
        partie.pass_open()
        partie.do(c.Replacer(interne=2))
        assert partie.choosing == 1


def test_asking_to_come_back_without_having_passed_is_refused():
    partie = Partie()
    assert partie.why_not(c.DemanderRetour(interne=2)) is Motif.RETOUR_IMPOSSIBLE
    assert partie.why_not(c.Replacer(interne=2)) is Motif.STATUT_INCOMPATIBLE


def test_hors_choix_never_gets_a_tour_by_connecting():
    partie = Partie(liste=[ligne(1, absence_prevue=True), ligne(2)])
    assert partie.statuts() == ["hors_choix", "en_cours"]
    assert partie.do(c.ConnecterRetour(interne=1)) == ()
    assert partie.why_not(c.DemanderRetour(interne=1)) is Motif.RETOUR_IMPOSSIBLE


def test_agent_marks_a_hors_choix_present_and_he_takes_his_rank_again():
    partie = Partie(liste=[ligne(1), ligne(2), ligne(3, absence_prevue=True), ligne(4)])
    partie.do(c.MarquerPresent(interne=3))
    partie.choose(1, "1")
    assert partie.choosing == 2
    partie.choose(2, "2")
    assert partie.choosing == 3


def test_hors_choix_marked_present_after_his_rank_comes_next():
    partie = Partie(liste=[ligne(1, absence_prevue=True), ligne(2), ligne(3)])
    partie.do(c.MarquerPresent(interne=1))
    partie.choose(2, "1")
    assert partie.choosing == 1


def test_agent_marks_present_the_one_choosing_and_he_is_no_longer_judged():
    partie = Partie(presents=())
    assert partie.do(c.MarquerPresent(interne=1))
    assert partie.do(c.MarquerPresent(interne=1)) == ()
    assert partie.after(60_000).tick() == []


def test_affecte_elsewhere_cannot_be_placed_back():
    partie = Partie()
    partie.pass_open()
    partie.ailleurs = frozenset({1})
    assert partie.why_not(c.Replacer(interne=1)) is Motif.DEJA_AFFECTE
    assert partie.why_not(c.MarquerPresent(interne=1)) is Motif.DEJA_AFFECTE
    assert partie.do(c.ConnecterRetour(interne=1)) == ()


def test_agent_marks_hors_choix():
    partie = Partie()
    assert partie.do(c.MarquerHorsChoix(interne=2))
    assert partie.do(c.MarquerHorsChoix(interne=2)) == ()
    partie.choose(1, "1")
    assert partie.choosing == 3
    assert partie.why_not(c.MarquerHorsChoix(interne=1)) is Motif.STATUT_INCOMPATIBLE


def test_internes_ahead_of_me_counts_the_one_choosing_and_the_late_but_no_hors_choix():
    partie = Partie(
        presents={2, 3, 4, 5}, liste=[*map(ligne, (1, 2, 3)), ligne(4, absence_prevue=True), ligne(5)]
    )
    partie.after(15_001).tick()
    assert [internes_devant(partie.etat, i) for i in (1, 2, 3, 4, 5)] == [None, 0, 1, None, 2]
    partie.do(c.ConnecterRetour(interne=1))
    assert [internes_devant(partie.etat, i) for i in (1, 2, 3, 4, 5)] == [1, 0, 2, None, 3]


def test_in_a_room_nothing_ends_by_itself():
    partie = Partie(mode="en_salle", presents=())
    assert echeance(partie.etat) is None
    assert partie.after(10_000_000).tick() == []
    assert partie.choose(1, "1")


def test_in_a_room_the_agent_marks_absent_and_present():
    partie = Partie(mode="en_salle", presents=())
    partie.do(c.MarquerAbsent(tour=1, auteur="agent:1"))
    assert partie.why_not(c.MarquerAbsent(tour=1)) is Motif.DEJA_PASSE
    assert partie.do(c.ConnecterRetour(interne=1)) == ()
    partie.do(c.MarquerPresent(interne=1))
    partie.do(c.ChoisirPour(tour=2, poste="1", motif="dit à voix haute"))
    assert partie.choosing == 1
