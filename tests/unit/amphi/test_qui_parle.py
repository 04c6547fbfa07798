"""Who speaks for an interne: himself, his mandataire, his armed list."""

import pytest

from gradin.domain.amphi import commands as c
from gradin.domain.amphi.facts import Voie
from gradin.domain.kernel import Motif
from tests.unit.amphi.partie import Partie, ligne

MANDATAIRE = {"voie": Voie.MANDATAIRE, "auteur": "compte:7"}


def with_procuration(acceptee=True):
    return Partie(liste=[ligne(1, mandataire="compte:7", procuration_acceptee=acceptee), ligne(2)])


def test_mandant_no_longer_chooses_from_the_sending():
    partie = with_procuration(acceptee=False)
    assert partie.why_not(partie.confirm(1, "1")) is Motif.MANDATAIRE_SEUL


def test_mandataire_chooses_once_he_has_accepted():
    partie = with_procuration(acceptee=False)
    assert partie.why_not(partie.confirm(1, "1", **MANDATAIRE)) is Motif.PROCURATION_INACTIVE
    partie.do(c.FixerProcuration(interne=1, mandataire="compte:7", acceptee=True))
    choix, _ = partie.choose(1, "1", **MANDATAIRE)
    assert choix.prive.voie is Voie.MANDATAIRE


def test_another_account_is_not_the_mandataire():
    partie = with_procuration()
    refus = partie.why_not(partie.confirm(1, "1", voie=Voie.MANDATAIRE, auteur="compte:8"))
    assert refus is Motif.PROCURATION_INACTIVE


def test_cancelling_gives_the_choice_back_at_once():
    partie = with_procuration()
    partie.do(c.AnnulerProcuration(interne=1, auteur="interne:1"))
    assert partie.do(c.AnnulerProcuration(interne=1)) == ()
    assert partie.why_not(partie.confirm(1, "1", **MANDATAIRE)) is Motif.PROCURATION_INACTIVE
    assert partie.choose(1, "1")


def test_change_of_mandataire_after_the_view_asks_to_look_again():
    partie = with_procuration()
    avant = partie.etat.seq
    partie.do(c.AnnulerProcuration(interne=1))
    assert partie.why_not(partie.confirm(1, "1", vu=avant)) is Motif.VUE_PERIMEE


def test_procuration_cannot_change_after_the_choice():
    partie = with_procuration()
    partie.choose(1, "1", **MANDATAIRE)
    assert partie.why_not(c.AnnulerProcuration(interne=1)) is Motif.DEJA_AFFECTE
    assert partie.why_not(c.FixerProcuration(interne=1, mandataire="compte:9")) is Motif.DEJA_AFFECTE


def test_same_procuration_twice_is_nothing_to_do():
    partie = Partie()
    assert partie.do(c.FixerProcuration(interne=2, mandataire="compte:7"))
    assert partie.do(c.FixerProcuration(interne=2, mandataire="compte:7")) == ()


@pytest.mark.parametrize("voie", [Voie.ARS, Voie.LISTE_ARMEE, Voie.VOEUX])
def test_nobody_confirms_by_a_way_that_is_not_his(voie):
    partie = Partie()
    assert partie.why_not(partie.confirm(1, "1", voie=voie)) is Motif.PAS_VOTRE_TOUR


def armed(*numeros, presents=(), **options):
    partie = Partie(presents=presents, liste_armee=True, **options)
    partie.armee = numeros
    return partie


def test_armed_list_chooses_for_the_absent():
    partie = armed("3", "2").after(15_001)
    choix, _ = partie.tick()
    assert (choix.interne, choix.poste, choix.prive.voie) == (1, "3", Voie.LISTE_ARMEE)


def test_armed_list_chooses_when_time_runs_out():
    partie = armed("3", presents={1}).after(92_001)
    choix, _ = partie.tick()
    assert choix.prive.voie is Voie.LISTE_ARMEE


def test_armed_list_takes_the_first_still_open():
    partie = armed("9", "1", "2", tenus=("1",)).after(15_001)
    choix, _ = partie.tick()
    assert choix.poste == "2"


def test_armed_list_without_an_open_poste_lets_the_tour_pass():
    partie = armed("9").after(15_001)
    assert partie.names(partie.tick()) == ["TourPasse", "TourOuvert"]


def test_armed_list_speaks_when_an_agent_marks_absent():
    partie = armed("3", mode="en_salle")
    choix, _ = partie.do(c.MarquerAbsent(tour=1))
    assert choix.poste == "3"


def test_armed_list_is_silent_when_an_agent_skips():
    partie = armed("3")
    assert partie.names(partie.do(c.Passer(tour=1))) == ["TourPasse", "TourOuvert"]


def test_armed_list_is_ignored_where_the_amphi_does_not_allow_it():
    partie = Partie(presents=()).after(15_001)
    partie.armee = ("3",)
    assert partie.names(partie.tick()) == ["TourPasse", "TourOuvert"]
