"""A tour: who may confirm, until when, what becomes of it; T01–T12, T25."""

from fractions import Fraction

import pytest

from gradin.domain.amphi import commands as c
from gradin.domain.amphi.engine import decide, echeance
from gradin.domain.kernel import Motif, Refus
from tests.unit.amphi.partie import T0, Partie, ligne, poste


def test_start_opens_the_session_and_the_first_tour():
    partie = Partie()
    assert partie.names() == ["AmphiDemarre", "SessionOuverte", "TourOuvert"]
    assert partie.statuts() == ["en_cours", "a_venir", "a_venir"]
    assert partie.etat.tour.fin == T0 + 90_000


def test_choice_closes_the_tour_and_opens_the_next_at_once():
    partie = Partie().after(5_000)
    choix, suivant = partie.choose(1, "3")
    assert (choix.interne, choix.poste, choix.tour) == (1, "3", 1)
    assert (suivant.tour, suivant.interne, suivant.a) == (2, 2, T0 + 5_000)
    assert partie.statuts() == ["a_choisi", "en_cours", "a_venir"]


def test_everybody_chooses_then_nobody_has_the_tour():
    partie = Partie()
    partie.choose_all("1", "2", "3")
    assert partie.statuts() == ["a_choisi"] * 3
    assert partie.choosing is None
    assert echeance(partie.etat) is None


@pytest.mark.parametrize("avant", [1, 100, 2_000, 40_000])
def test_confirm_before_the_end_or_in_grace_is_accepted(avant):
    partie = Partie().after(92_000 - avant)
    assert partie.choose(1, "1")


def test_confirm_at_the_last_instant_of_grace_is_accepted():
    assert Partie().after(92_000).choose(1, "1")


def test_confirm_one_ms_after_grace_ends_the_tour_and_is_refused():
    partie = Partie().after(92_001)
    assert partie.why_not(partie.confirm(1, "1")) is Motif.TEMPS_ECOULE
    assert partie.statut(1) == "passe"
    assert partie.choosing == 2


def test_every_confirm_around_the_end_has_one_true_answer():
    """I17: from 300 ms before the end that is shown to 300 after the grace, by 10 ms."""
    for ecart in range(-300, 2_301, 10):
        partie = Partie().after(90_000 + ecart)
        if ecart <= 2_000:
            choix, suivant = partie.choose(1, "1")
            assert (choix.poste, suivant.interne) == ("1", 2), ecart
        else:
            assert partie.why_not(partie.confirm(1, "1")) is Motif.TEMPS_ECOULE, ecart
            assert partie.names()[-2:] == ["TourPasse", "TourOuvert"] and not partie.etat.choix, ecart


def test_engine_refuses_a_late_confirm_even_when_nobody_ended_the_tour():
    partie = Partie()

    with pytest.raises(Refus, match="temps_ecoule"):
        decide(partie.etat, partie.confirm(1, "1"), c.Contexte(maintenant=T0 + 92_001))


def test_clock_acts_a_little_after_the_grace():
    partie = Partie()
    assert echeance(partie.etat) == T0 + 92_100
    assert partie.after(92_000).tick() == []
    assert partie.names(partie.after(1).tick()) == ["TourPasse", "TourOuvert"]


def test_one_command_ends_at_most_one_tour_by_time():
    partie = Partie().after(1_000_000)
    assert partie.names(partie.tick()) == ["TourPasse", "TourOuvert"]
    assert partie.etat.tour.debut == partie.t


def test_interne_who_is_not_choosing_is_refused():
    partie = Partie()
    assert partie.why_not(partie.confirm(2, "1", tour=1)) is Motif.PAS_VOTRE_TOUR
    assert partie.why_not(partie.confirm(2, "1", tour=2)) is Motif.PAS_VOTRE_TOUR


def test_confirm_of_another_tour_is_refused():
    partie = Partie()
    assert partie.why_not(partie.confirm(1, "1", tour=0)) is Motif.PAS_VOTRE_TOUR
    assert partie.why_not(partie.confirm(1, "1", tour=2)) is Motif.PAS_VOTRE_TOUR


def test_interne_unknown_is_refused():
    partie = Partie()
    assert partie.why_not(partie.confirm(9, "1")) is Motif.INTERNE_INCONNU


def test_second_confirm_of_the_same_interne_tells_what_he_has():
    partie = Partie()
    partie.choose(1, "1")
    refus = partie.refused(partie.confirm(1, "2", tour=1))
    assert refus.motif is Motif.DEJA_AFFECTE
    assert refus.details["poste"] == "1"


def test_taken_poste_is_refused_and_the_time_left_is_kept():
    partie = Partie()
    partie.choose(1, "1")
    partie.after(49_000)
    refus = partie.refused(partie.confirm(2, "1"))
    assert refus.motif is Motif.POSTE_POURVU
    assert "41 secondes" in refus.message
    assert partie.etat.tour.fin == T0 + 90_000
    assert partie.choose(2, "2")


def test_pass_twice_skips_one_interne():
    partie = Partie()
    partie.do(c.Passer(tour=1, auteur="agent:1"))
    assert partie.why_not(c.Passer(tour=1, auteur="agent:2")) is Motif.DEJA_PASSE
    assert partie.statuts() == ["passe", "en_cours", "a_venir"]


def test_pass_of_a_tour_to_come_is_refused():
    assert Partie().why_not(c.Passer(tour=2)) is Motif.PAS_VOTRE_TOUR


def test_confirm_after_being_skipped_is_told_so():
    partie = Partie()
    partie.pass_open()
    assert partie.why_not(partie.confirm(1, "1", tour=1)) is Motif.DEJA_PASSE


def test_agent_prolongs_the_open_tour():
    partie = Partie()
    partie.do(c.Prolonger(tour=1, ms=30_000))
    assert partie.after(122_000).tick() == []
    assert partie.after(1).tick()
    assert partie.why_not(c.Prolonger(tour=1, ms=1)) is Motif.DEJA_PASSE
    assert partie.why_not(c.Prolonger(tour=2, ms=0)) is Motif.VALEUR_INVALIDE


def test_multiplier_is_his_alone_and_others_see_the_standard():
    partie = Partie(liste=[ligne(1, multiplicateur=Fraction(4, 3)), ligne(2)])
    assert partie.faits[-1].duree_ms == 90_000
    assert partie.etat.tour.fin == T0 + 120_000
    assert partie.etat.tour.fin_publique == T0 + 90_000
    partie.after(121_999)
    partie.choose(1, "1")
    assert partie.etat.tour.fin == partie.t + 90_000


def test_multiplier_follows_him_when_he_comes_back():
    partie = Partie(liste=[ligne(1, multiplicateur=Fraction(3, 2)), ligne(2), ligne(3)])
    partie.pass_open()
    partie.do(c.Replacer(interne=1))
    partie.pass_open()
    assert partie.choosing == 1
    assert partie.etat.tour.fin == partie.t + 135_000


def test_agent_chooses_for_the_one_whose_tour_is_open_with_a_motive():
    partie = Partie()
    assert partie.why_not(c.ChoisirPour(tour=1, poste="1", auteur="agent:1")) is Motif.MOTIF_REQUIS
    choix, _ = partie.do(c.ChoisirPour(tour=1, poste="1", auteur="agent:1", motif="téléphone"))
    assert choix.prive.voie.value == "ars"
    assert partie.why_not(c.ChoisirPour(tour=1, poste="2", motif="x")) is Motif.DEJA_PASSE


def test_agent_is_held_to_the_same_rules():
    partie = Partie()
    partie.choose(1, "1")
    assert partie.why_not(c.ChoisirPour(tour=2, poste="1", motif="x")) is Motif.POSTE_POURVU


def test_agent_exceeds_the_surnombres_of_a_service_by_a_reserved_act():
    liste = [ligne(i, type_choix=c.TypeChoix.SURNOMBRE_NON_VALIDANT) for i in (1, 2)]
    partie = Partie(liste=liste, offre=[poste("1", "S"), poste("2", "S")], surnombres_max_par_service=1)
    partie.choose(1, "1")
    assert partie.why_not(partie.confirm(2, "2")) is Motif.SURNOMBRE_PLEIN
    faits = partie.do(c.ChoisirPour(tour=2, poste="2", depasser=True, motif="accord du chef de service"))
    assert partie.names(faits) == ["ActeReserve", "ChoixConfirme"]


def test_exceeding_does_not_lift_the_other_rules():
    liste = [ligne(1, type_choix=c.TypeChoix.SURNOMBRE_NON_VALIDANT)]
    partie = Partie(liste=liste, offre=[poste("1", reserve=["PED"])], surnombres_max_par_service=0)
    commande = c.ChoisirPour(tour=1, poste="1", depasser=True, motif="x")
    assert partie.why_not(commande) is Motif.POSTE_RESERVE


def test_interne_affecte_elsewhere_is_refused_then_leaves_the_list():
    partie = Partie()
    partie.ailleurs = frozenset({1})
    assert partie.why_not(partie.confirm(1, "1")) is Motif.DEJA_AFFECTE
    faits = partie.do(c.Echoir())
    assert partie.names(faits) == ["HorsChoixConstate", "TourOuvert"]
    assert partie.statuts() == ["hors_choix", "en_cours", "a_venir"]
    assert partie.do(c.Echoir()) == ()


def test_interne_affecte_elsewhere_gets_no_tour():
    partie = Partie()
    partie.ailleurs = frozenset({2})
    faits = partie.choose(1, "1")
    assert partie.names(faits) == ["ChoixConfirme", "HorsChoixConstate", "TourOuvert"]
    assert partie.choosing == 3


def test_vu_ahead_of_the_journal_is_a_stale_view():
    partie = Partie()
    assert partie.why_not(partie.confirm(1, "1", vu=partie.etat.seq + 1)) is Motif.VUE_PERIMEE


def test_old_view_is_no_reason_to_refuse():
    partie = Partie()
    partie.do(c.Message(texte="Bonjour", auteur="agent:1"))
    partie.do(c.Pauser())
    partie.do(c.Reprendre())
    assert partie.choose(1, "1", vu=1)


def test_change_of_type_after_the_view_asks_to_look_again():
    partie = Partie()
    avant = partie.etat.seq
    partie.do(c.ChangerTypeChoix(interne=1, type_choix=c.TypeChoix.SURNOMBRE_VALIDANT))
    assert partie.why_not(partie.confirm(1, "1", vu=avant)) is Motif.VUE_PERIMEE
    choix, _ = partie.choose(1, "1")
    assert choix.prive.type_choix is c.TypeChoix.SURNOMBRE_VALIDANT


def test_change_of_somebody_else_does_not_matter():
    partie = Partie()
    avant = partie.etat.seq
    partie.do(c.ChangerTypeChoix(interne=2, type_choix=c.TypeChoix.SURNOMBRE_VALIDANT))
    assert partie.choose(1, "1", vu=avant)


def test_time_of_facts_never_goes_back():
    partie = Partie().after(-3_600_000)
    partie.choose(1, "1")
    assert [fait.a for fait in partie.faits] == sorted(fait.a for fait in partie.faits)
