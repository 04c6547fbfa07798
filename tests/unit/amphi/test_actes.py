"""Acts of the ARS on postes, types, lists and choices; those that need two agents."""

from fractions import Fraction

from gradin.domain.amphi import commands as c
from gradin.domain.amphi.lecture import compteurs, reserves_a_lever
from gradin.domain.kernel import Motif
from tests.unit.amphi.partie import Partie, ligne, poste

DEUX = {"auteur": "agent:1", "second": "agent:2", "motif": "erreur de saisie"}
VALIDANT = c.TypeChoix.SURNOMBRE_VALIDANT


def test_postes_are_added_and_withdrawn_only_while_paused():
    partie = Partie()
    assert partie.why_not(c.AjouterPoste(poste=poste("9"))) is Motif.AMPHI_NON_PAUSE
    assert partie.why_not(c.RetirerPoste(poste="4")) is Motif.AMPHI_NON_PAUSE
    partie.do(c.Pauser())
    partie.do(c.AjouterPoste(poste=poste("9")))
    assert partie.do(c.AjouterPoste(poste=poste("9"))) == ()
    assert partie.why_not(c.AjouterPoste(poste=poste("9", "autre"))) is Motif.VALEUR_INVALIDE
    partie.do(c.RetirerPoste(poste="4"))
    assert partie.do(c.RetirerPoste(poste="4")) == ()
    partie.do(c.Reprendre())
    assert partie.why_not(partie.confirm(1, "4")) is Motif.POSTE_RETIRE
    assert partie.choose(1, "9")


def test_withdrawn_poste_may_come_back():
    partie = Partie()
    partie.do(c.Pauser())
    partie.do(c.RetirerPoste(poste="4"))
    partie.do(c.AjouterPoste(poste=poste("4")))
    partie.do(c.Reprendre())
    assert partie.choose(1, "4")


def test_taken_poste_is_never_withdrawn_not_even_from_a_surnombre():
    partie = Partie(liste=[ligne(1), ligne(2, type_choix=VALIDANT), ligne(3)])
    partie.choose_all("1", "2")
    partie.do(c.Pauser())
    assert partie.why_not(c.RetirerPoste(poste="1")) is Motif.POSTE_POURVU
    assert partie.why_not(c.RetirerPoste(poste="2")) is Motif.POSTE_POURVU
    assert partie.why_not(c.RetirerPoste(poste="99")) is Motif.HORS_OFFRE


def test_withdrawal_waits_for_the_later_amphi_of_the_chain():
    partie = Partie()
    partie.do(c.Pauser())
    partie.aval_ouvert = True
    assert partie.why_not(c.RetirerPoste(poste="4")) is Motif.AVAL_OUVERT


def test_reserved_poste_opens_when_its_reservation_is_lifted():
    partie = Partie(2, offre=[poste("1", reserve=["PED"]), poste("2")])
    assert partie.why_not(partie.confirm(1, "1")) is Motif.POSTE_RESERVE
    assert partie.why_not(partie.confirm(1, "99")) is Motif.HORS_OFFRE
    partie.do(c.LeverReserve(poste="1"))
    assert partie.do(c.LeverReserve(poste="1")) == ()
    assert partie.choose(1, "1")


def test_lifting_is_proposed_when_the_last_possible_taker_has_passed():
    partie = Partie(liste=[ligne(1, des="PED"), ligne(2)], offre=[poste("1", reserve=["PED"]), poste("2")])
    assert reserves_a_lever(partie.etat) == ()
    partie.pass_open()
    assert reserves_a_lever(partie.etat) == ("1",)


def test_type_de_choix_counts_from_the_act_on_and_not_after_the_choice():
    partie = Partie()
    partie.do(c.ChangerTypeChoix(interne=2, type_choix=VALIDANT))
    assert partie.do(c.ChangerTypeChoix(interne=2, type_choix=VALIDANT)) == ()
    partie.choose(1, "1")
    partie.choose(2, "2")
    assert partie.choosing == 3
    assert partie.choose(3, "2")
    assert partie.why_not(c.ChangerTypeChoix(interne=1, type_choix=VALIDANT)) is Motif.DEJA_AFFECTE


def test_multiplier_is_never_shorter_than_the_standard():
    partie = Partie()
    assert partie.why_not(c.ChangerMultiplicateur(interne=2, multiplicateur=Fraction(1, 2))) is (
        Motif.VALEUR_INVALIDE
    )
    partie.do(c.ChangerMultiplicateur(interne=2, multiplicateur=Fraction(133, 100)))
    assert partie.do(c.ChangerMultiplicateur(interne=2, multiplicateur=Fraction(133, 100))) == ()
    partie.choose(1, "1")
    assert partie.etat.tour.fin - partie.t == 119_700


def test_message_needs_a_text():
    partie = Partie()
    assert partie.why_not(c.Message(texte="  ")) is Motif.VALEUR_INVALIDE
    assert partie.names(partie.do(c.Message(texte="Bonjour"))) == ["MessageDiffuse"]


def test_correction_of_a_choice_needs_a_motive_and_two_agents():
    partie = Partie()
    partie.choose(1, "1")
    assert partie.why_not(c.CorrigerChoix(interne=1, auteur="agent:1")) is Motif.MOTIF_REQUIS
    seul = c.CorrigerChoix(interne=1, auteur="agent:1", motif="x", second="agent:1")
    assert partie.why_not(seul) is Motif.SECOND_AGENT_REQUIS
    assert partie.why_not(c.CorrigerChoix(interne=2, **DEUX)) is Motif.CHOIX_INCONNU


def test_annulled_choice_frees_the_poste_and_the_old_line_stays():
    partie = Partie()
    partie.choose(1, "1")
    n = partie.etat.choix[1].n
    (annule,) = partie.do(c.CorrigerChoix(interne=1, **DEUX))
    assert annule.n == n
    assert partie.statut(1) == "passe"
    assert partie.faits[n - 1].poste == "1"
    assert partie.choose(2, "1")
    partie.do(c.Replacer(interne=1))
    partie.choose(3, "3")
    assert partie.choose(1, "2")


def test_annulled_surnombre_leaves_its_seat():
    partie = Partie(liste=[ligne(1, type_choix=VALIDANT), ligne(2)])
    partie.choose(1, "1")
    assert compteurs(partie.etat).surnombres == 1
    partie.do(c.CorrigerChoix(interne=1, **DEUX))
    assert compteurs(partie.etat).surnombres == 0


def test_correction_gives_another_poste_under_the_same_rules():
    partie = Partie()
    partie.choose_all("1", "2")
    assert partie.why_not(c.CorrigerChoix(interne=1, poste="2", **DEUX)) is Motif.POSTE_POURVU
    _annule, choix = partie.do(c.CorrigerChoix(interne=1, poste="3", **DEUX))
    assert (choix.tour, choix.interne, choix.poste) == (1, 1, "3")
    assert partie.choosing == 3
    assert partie.statut(1) == "a_choisi"


def test_confirm_of_a_poste_corrected_since_the_view_asks_to_look_again():
    partie = Partie()
    partie.choose(1, "1")
    avant = partie.etat.seq
    partie.do(c.CorrigerChoix(interne=1, **DEUX))
    assert partie.why_not(partie.confirm(2, "1", vu=avant)) is Motif.VUE_PERIMEE
    assert partie.choose(2, "2", vu=avant)


def test_choice_is_corrected_after_the_close_but_not_while_a_later_amphi_runs():
    partie = Partie(1)
    partie.choose(1, "1")
    partie.do(c.Clore(auteur="agent:1"))
    partie.aval_ouvert = True
    assert partie.why_not(c.CorrigerChoix(interne=1, **DEUX)) is Motif.AVAL_OUVERT
    partie.aval_ouvert = False
    assert partie.names(partie.do(c.CorrigerChoix(interne=1, **DEUX))) == ["ChoixAnnule"]


def test_list_is_corrected_by_two_agents_and_the_order_follows():
    partie = Partie(3)
    lignes = (ligne(2, 3), ligne(3, 2), ligne(4, 4))
    assert partie.why_not(c.CorrigerListe(liste=lignes, auteur="agent:1")) is Motif.MOTIF_REQUIS
    assert partie.why_not(c.CorrigerListe(liste=lignes, auteur="a", motif="x")) is Motif.SECOND_AGENT_REQUIS
    partie.do(c.CorrigerListe(liste=lignes, **DEUX))
    assert partie.do(c.CorrigerListe(liste=lignes, **DEUX)) == ()
    partie.choose(1, "1")
    assert partie.choosing == 3
    assert partie.statut(4) == "a_venir"


def test_two_internes_of_one_rank_or_a_number_skipped_are_refused():
    partie = Partie(3)
    assert partie.why_not(c.CorrigerListe(liste=(ligne(2, 3),), **DEUX)) is Motif.LISTE_INVALIDE
    assert partie.why_not(c.CorrigerListe(liste=(ligne(7, 7),), **DEUX)) is Motif.LISTE_INVALIDE


def test_corrected_rank_keeps_the_better_of_a_couple_first():
    partie = Partie(4, couples=((2, 4),))
    partie.do(c.CorrigerListe(liste=(ligne(2, 9),), **DEUX))
    assert partie.etat.couples == ((4, 2),)


def test_corrected_line_changes_type_and_an_added_one_brings_its_procuration():
    partie = Partie(2)
    avant = partie.etat.seq
    lignes = (ligne(1, type_choix=VALIDANT), ligne(3, mandataire="compte:7", procuration_acceptee=True))
    partie.do(c.CorrigerListe(liste=lignes, **DEUX))
    assert partie.why_not(partie.confirm(1, "1", vu=avant)) is Motif.VUE_PERIMEE
    assert partie.etat.procurations[3].mandataire == "compte:7"
