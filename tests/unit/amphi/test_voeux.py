"""The same choice without tours: wishes given down the call list."""

from gradin.domain.amphi import commands as c
from gradin.domain.amphi.engine import echeance
from gradin.domain.amphi.voeux import prechoix
from gradin.domain.kernel import Motif
from tests.unit.amphi.partie import Partie, ligne

VOEUX = {1: ("2", "1"), 2: ("2", "3"), 3: ("2",)}


def amphi(**options):
    return Partie(4, par_voeux=True, **options)


def test_postes_go_down_the_call_list():
    partie = amphi()
    faits = partie.do(c.ChoisirParVoeux(voeux=VOEUX, auteur="agent:1"))
    assert [(f.interne, getattr(f, "poste", None)) for f in faits] == [
        (1, "2"),
        (2, "3"),
        (3, None),
        (4, None),
    ]
    assert partie.statuts() == ["a_choisi", "a_choisi", "passe", "passe"]
    assert partie.do(c.ChoisirParVoeux(voeux=VOEUX)) == ()


def test_prechoix_is_the_same_run_and_changes_nothing():
    partie = amphi()
    assert prechoix(partie.etat, VOEUX) == {1: "2", 2: "3", 3: None, 4: None}
    assert partie.statuts() == ["a_venir"] * 4


def test_no_tour_opens_and_nothing_is_due():
    partie = amphi(presents=())
    assert partie.choosing is None
    assert echeance(partie.etat) is None
    assert partie.why_not(c.DemarrerSession()) is Motif.SANS_TOURS
    assert partie.why_not(c.Replacer(interne=1)) is Motif.SANS_TOURS


def test_whoever_left_a_list_takes_part_and_the_affecte_elsewhere_does_not():
    partie = amphi()
    partie.ailleurs = frozenset({1})
    partie.do(c.ChoisirParVoeux(voeux=VOEUX))
    assert partie.statuts() == ["hors_choix", "a_choisi", "passe", "passe"]
    assert partie.etat.choix[2].poste == "2"


def test_wishes_are_not_run_in_an_amphi_with_tours_nor_while_paused():
    assert Partie().why_not(c.ChoisirParVoeux(voeux={})) is Motif.STATUT_INCOMPATIBLE
    partie = amphi()
    partie.do(c.Pauser())
    assert partie.why_not(c.ChoisirParVoeux(voeux={})) is Motif.AMPHI_EN_PAUSE


def test_surnombre_validant_joins_whom_he_precedes():
    liste = [ligne(1, 3), ligne(2, 1, type_choix=c.TypeChoix.SURNOMBRE_VALIDANT), ligne(3, 2)]
    partie = Partie(liste=liste, par_voeux=True)
    partie.do(c.ChoisirParVoeux(voeux={1: ("1",), 2: ("1",), 3: ("1", "2")}))
    assert {i: choix.poste for i, choix in partie.etat.choix.items()} == {2: "1", 3: "1"}
