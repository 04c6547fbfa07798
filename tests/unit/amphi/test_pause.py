"""Pauses freeze the clock exactly; outages are nobody's loss; T10, T11, T13–T15."""

import pytest

from gradin.domain.amphi import commands as c
from gradin.domain.amphi.engine import decide, echeance
from gradin.domain.kernel import Motif
from tests.unit.amphi.partie import T0, Partie


def test_resume_gives_back_exactly_what_was_left():
    partie = Partie().after(40_123)
    partie.do(c.Pauser(auteur="agent:1"))
    partie.after(3_600_000).do(c.Reprendre())
    assert partie.etat.tour.fin - partie.t == 90_000 - 40_123


def test_pause_in_the_grace_gives_back_the_rest_of_the_grace():
    partie = Partie().after(91_500)
    (pause,) = partie.do(c.Pauser())
    assert pause.prive.reste_ms == 500
    partie.after(60_000).do(c.Reprendre())
    assert partie.after(500).tick() == []
    assert partie.after(1).tick()


def test_thousand_pauses_neither_add_nor_remove_time():
    partie = Partie()
    for _ in range(1_000):
        partie.after(7).do(c.Pauser())
        partie.after(13).do(c.Reprendre())
    assert partie.etat.tour.fin - partie.t == 90_000 - 7_000


def test_nothing_is_due_while_paused():
    partie = Partie()
    partie.do(c.Pauser())
    assert echeance(partie.etat) is None
    assert partie.after(10_000_000).tick() == []


def test_confirm_while_paused_is_told_what_the_clock_keeps():
    partie = Partie().after(49_000)
    partie.do(c.Pauser())
    refus = partie.refused(partie.confirm(1, "1"))
    assert refus.motif is Motif.AMPHI_EN_PAUSE
    assert "41 secondes" in refus.message
    assert partie.statut(1) == "en_cours"


def test_pause_twice_and_resume_twice_are_one():
    partie = Partie()
    assert partie.do(c.Pauser())
    assert partie.do(c.Pauser()) == ()
    assert partie.do(c.Reprendre())
    assert partie.do(c.Reprendre()) == ()


def test_skip_while_paused_never_skips_the_next():
    partie = Partie()
    partie.do(c.Pauser())
    assert partie.names(partie.do(c.Passer(tour=1))) == ["TourPasse"]
    assert partie.why_not(c.Passer(tour=1)) is Motif.DEJA_PASSE
    assert partie.names(partie.do(c.Reprendre())) == ["PauseTerminee", "TourOuvert"]
    assert partie.choosing == 2


def test_agent_does_not_choose_for_anybody_while_paused():
    partie = Partie()
    partie.do(c.Pauser())
    assert partie.why_not(c.ChoisirPour(tour=1, poste="1", motif="x")) is Motif.AMPHI_EN_PAUSE


def test_prolonging_while_paused_counts_after_the_resume():
    partie = Partie().after(80_000)
    partie.do(c.Pauser())
    partie.do(c.Prolonger(tour=1, ms=20_000))
    partie.after(1_000).do(c.Reprendre())
    assert partie.etat.tour.fin - partie.t == 30_000


def test_pause_keeps_what_is_left_before_absence_is_judged():
    partie = Partie(presents=()).after(5_000)
    (pause,) = partie.do(c.Pauser())
    assert pause.prive.reste_absence_ms == 10_000
    partie.after(600_000).do(c.Reprendre())
    assert partie.after(10_000).tick() == []
    assert partie.after(1).tick()


def test_short_outage_gives_the_time_back_and_the_tour_goes_on():
    partie = Partie().after(40_000)
    partie.after(25_000).do(c.ConstaterPanne(de=T0 + 40_000))
    assert partie.names()[-1] == "PanneConstatee"
    assert partie.etat.tour.fin - partie.t == 50_000


def test_outage_of_exactly_reprise_auto_goes_on():
    partie = Partie().after(70_000)
    assert partie.names(partie.do(c.ConstaterPanne(de=T0 + 40_000))) == ["PanneConstatee"]


def test_long_outage_pauses_and_an_agent_resumes_with_what_was_left():
    partie = Partie().after(40_000 + 90_000)
    # As `handle` does: the outage is stated before anything is found due.
    partie._add(_outage(partie, T0 + 40_000))
    assert partie.names()[-2:] == ["PanneConstatee", "PauseDebutee"]
    assert partie.faits[-1].label.value == "technique"
    partie.after(1_000_000).do(c.Reprendre())
    assert partie.etat.tour.fin - partie.t == 50_000


@pytest.mark.parametrize("ecoule", [70_000, 89_999, 91_999])
def test_resume_after_a_technical_pause_leaves_at_least_thirty_seconds(ecoule):
    partie = Partie().after(ecoule + 600_000)
    partie._add(_outage(partie, T0 + ecoule))
    partie.after(1_000).do(c.Reprendre())
    assert partie.etat.tour.fin - partie.t == 30_000


def test_an_agent_cannot_lengthen_a_tour_by_calling_his_pause_technical():
    partie = Partie().after(89_000)
    assert partie.why_not(c.Pauser(auteur="agent:1", label=c.Label.TECHNIQUE)) == "valeur_invalide"


def test_ordinary_pause_leaves_what_was_left_even_if_little():
    partie = Partie().after(89_000)
    partie.do(c.Pauser())
    partie.after(1_000).do(c.Reprendre())
    assert partie.etat.tour.fin - partie.t == 1_000


def test_nobody_is_judged_absent_just_after_an_outage():
    partie = Partie(presents=())
    partie.after(20_000)
    partie._add(_outage(partie, T0 + 10_000))
    assert partie.after(30_000).tick() == []
    assert partie.names(partie.after(1).tick()) == ["TourPasse", "TourOuvert"]


def test_tour_opened_just_after_an_outage_is_judged_later_too():
    partie = Partie(presents=()).after(10_000)
    partie._add(_outage(partie, T0 + 5_000))
    partie.after(1_000).pass_open()
    assert partie.etat.tour.juge == partie.t - 1_000 + 30_000


def test_nobody_is_judged_absent_just_after_a_technical_resume():
    partie = Partie(presents=()).after(500_000)
    partie._add(_outage(partie, T0 + 5_000))
    partie.after(9_000).do(c.Reprendre())
    assert partie.etat.tour.juge == partie.t + 30_000


def test_outage_stated_while_paused_changes_nothing():
    partie = Partie()
    partie.do(c.Pauser())
    assert partie.after(60_000).do(c.ConstaterPanne(de=T0)) == ()


def test_outage_never_gives_back_time_of_before_the_last_fact():
    partie = Partie().after(10_000)
    partie.pass_open()
    partie.after(10_000).do(c.ConstaterPanne(de=T0))
    assert partie.etat.tour.fin - partie.t == 90_000


def test_clock_stepped_back_leaves_what_was_left_at_the_last_beat():
    partie = Partie().after(10_000)
    partie.do(c.Message(texte="x"))
    partie.t = T0 - 3_600_000
    partie._add(_outage(partie, T0 + 20_000))
    assert partie.etat.tour.fin - partie.etat.dernier_a == 70_000


def test_the_same_outage_is_stated_once():
    partie = Partie().after(10_000)
    assert partie.do(c.ConstaterPanne(de=T0 + 5_000))
    assert partie.do(c.ConstaterPanne(de=T0 + 5_000)) == ()
    assert partie.do(c.ConstaterPanne(de=T0 + 20_000))
    assert partie.do(c.ConstaterPanne(de=T0 + 20_000)) == ()
    assert partie.etat.tour.fin - partie.t == 75_000


def _outage(partie, de):
    return decide(partie.etat, c.ConstaterPanne(de=de), partie.context())
