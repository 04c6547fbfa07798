"""Couples: the lower ranked first, the better ranked right after; T23."""

from gradin.domain.amphi import commands as c
from gradin.domain.amphi.appel import foreseen_order
from gradin.domain.kernel import Motif
from tests.unit.amphi.partie import T0, Partie, ligne, session


def couple(internes=5, un=1, autre=3, **options):
    return Partie(internes, 6, couples=((autre, un),), **options)


def play(partie):
    ordre = []
    while partie.choosing:
        ordre.append(partie.choosing)
        partie.choose(partie.choosing, str(len(ordre)))
    return ordre


def test_the_better_ranked_chooses_right_after_the_other():
    partie = couple()
    assert foreseen_order(partie.etat) == (2, 3, 1, 4, 5)
    assert play(partie) == [2, 3, 1, 4, 5]


def test_late_arrivals_come_after_both():
    partie = couple()
    partie.pass_open()
    assert partie.choosing == 3
    partie.do(c.DemanderRetour(interne=2))
    assert foreseen_order(partie.etat) == (3, 1, 2, 4, 5)
    assert play(partie) == [3, 1, 2, 4, 5]


def test_when_the_first_passes_the_other_has_his_tour_at_once_and_the_couple_is_over():
    partie = couple()
    partie.choose(2, "1")
    partie.pass_open()
    assert partie.choosing == 1
    assert partie.etat.couples == ()


def test_either_leaves_until_somebody_after_the_better_one_has_a_tour():
    partie = couple(un=2, autre=4)
    assert partie.names(partie.do(c.QuitterCouple(interne=4))) == ["CoupleDefait"]
    assert partie.do(c.QuitterCouple(interne=4)) == ()
    assert play(partie) == [1, 2, 3, 4, 5]


def test_leaving_too_late_is_refused():
    partie = couple()
    assert partie.choosing == 2
    assert partie.why_not(c.QuitterCouple(interne=1)) is Motif.COUPLE_ENGAGE


def test_agent_uncouples_late_and_the_better_one_is_placed_back_at_once():
    partie = couple()
    faits = partie.do(c.Decoupler(interne=3, auteur="agent:1"))
    assert partie.names(faits) == ["CoupleDefait", "RetourPlace"]
    assert play(partie) == [2, 1, 3, 4, 5]


def test_agent_uncouples_in_time_and_ranks_hold():
    partie = couple(un=2, autre=4)
    assert partie.names(partie.do(c.Decoupler(interne=2))) == ["CoupleDefait"]
    assert partie.do(c.Decoupler(interne=2)) == ()
    assert play(partie) == [1, 2, 3, 4, 5]


def test_no_session_waits_for_the_better_ranked_of_a_couple():
    sessions = (session(1, 1, 2), session(2, 3, 5, T0 + 3_600_000))
    partie = couple(un=1, autre=4, sessions=sessions)
    partie.choose(2, "1")
    assert not partie.etat.session_en_cours
    partie.after(3_600_000).do(c.DemarrerSession())
    ordre = []
    while partie.choosing:
        ordre.append(partie.choosing)
        partie.choose(partie.choosing, str(len(ordre) + 1))
    assert ordre == [3, 4, 1, 5]


def test_couple_at_the_end_of_a_session_stays_together():
    sessions = (session(1, 1, 3), session(2, 4, 5, T0 + 3_600_000))
    partie = couple(sessions=sessions)
    partie.choose_all("1", "2")
    assert partie.choosing == 1
    partie.choose(1, "3")
    assert partie.choosing is None


def test_couple_whose_other_leaves_the_choice_frees_the_better_one():
    partie = couple()
    partie.do(c.MarquerHorsChoix(interne=3))
    assert partie.etat.couples == ()
    assert play(partie) == [2, 1, 4, 5]


def test_couple_whose_better_one_leaves_lets_the_other_at_his_rank():
    partie = couple()
    partie.do(c.MarquerHorsChoix(interne=1))
    assert play(partie) == [2, 3, 4, 5]


def test_better_one_follows_even_if_the_other_leaves_during_his_tour():
    partie = couple()
    partie.choose(2, "1")
    partie.do(c.MarquerHorsChoix(interne=3))
    assert partie.choosing == 1


def test_rank_of_each_stays_his_own():
    liste = [ligne(1, type_choix=c.TypeChoix.SURNOMBRE_VALIDANT), ligne(2), ligne(3)]
    partie = Partie(liste=liste, couples=((1, 3),))
    partie.choose(2, "1")
    partie.choose(3, "2")
    assert partie.choosing == 1
    assert partie.choose(1, "2")


def test_agent_forms_a_couple_of_two_to_come():
    partie = Partie(5)
    (forme,) = partie.do(c.Coupler(internes=(4, 2), auteur="agent:1"))
    assert forme.internes == (2, 4)
    assert partie.do(c.Coupler(internes=(2, 4))) == ()
    assert partie.why_not(c.Coupler(internes=(4, 5))) is Motif.COUPLE_IMPOSSIBLE
    assert partie.why_not(c.Coupler(internes=(5, 5))) is Motif.COUPLE_IMPOSSIBLE
    assert partie.why_not(c.Coupler(internes=(1, 5))) is Motif.COUPLE_IMPOSSIBLE
    partie.choose(1, "1")
    assert partie.choosing == 3
