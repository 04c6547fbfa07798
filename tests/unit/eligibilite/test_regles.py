"""Each rule of the choice of a poste, in its order, and the policies of surnombre."""

import pytest

from gradin.domain.eligibilite.regles import avertissements, first_refusal
from gradin.domain.eligibilite.situation import (
    Candidat,
    Place,
    PolitiqueSurnombre,
    Reglement,
    Severite,
    TypeChoix,
)
from gradin.domain.kernel import Motif

VALIDANT, NON_VALIDANT = TypeChoix.SURNOMBRE_VALIDANT, TypeChoix.SURNOMBRE_NON_VALIDANT
IDF, CVL, INTERDIT = PolitiqueSurnombre.IDF, PolitiqueSurnombre.CVL, PolitiqueSurnombre.INTERDIT


def why(place=None, reglement=None, **candidat):
    return first_refusal(
        Candidat(rang=10, **candidat),
        Place(**{"poste": "1", "service": "S1", **(place or {})}),
        Reglement(**(reglement or {})),
    )


def test_free_poste_is_open_to_a_classique():
    assert why() is None


def test_poste_outside_the_offer_is_refused():
    assert why({"offert": False}) is Motif.HORS_OFFRE


def test_withdrawn_poste_is_refused():
    assert why({"retire": True}) is Motif.POSTE_RETIRE


def test_interne_already_affecte_is_refused():
    assert why(affecte=True) is Motif.DEJA_AFFECTE


def test_reserved_poste_is_refused_to_another_des():
    assert why({"reserve": frozenset({"CAR"})}, codes=frozenset({"PED"})) is Motif.POSTE_RESERVE


@pytest.mark.parametrize("code", ["CARD", "CA", "car", "CAR ", "0CAR"])
def test_reserved_poste_is_refused_to_a_des_whose_code_resembles(code):
    assert why({"reserve": frozenset({"CAR"})}, codes=frozenset({code})) is Motif.POSTE_RESERVE


def test_reserved_poste_is_open_to_its_des_and_to_a_fst_named():
    assert why({"reserve": frozenset({"CAR", "FST-1"})}, codes=frozenset({"CAR"})) is None
    assert why({"reserve": frozenset({"CAR", "FST-1"})}, codes=frozenset({"PED", "FST-1"})) is None


def test_the_first_rule_that_fails_is_named():
    assert why({"retire": True, "tenu": True}, affecte=True) is Motif.POSTE_RETIRE


@pytest.mark.parametrize(
    ("politique", "type_choix", "occupant", "motif"),
    [
        (IDF, VALIDANT, None, None),
        (IDF, VALIDANT, 3, Motif.POSTE_POURVU),
        (IDF, VALIDANT, 14, None),
        (IDF, NON_VALIDANT, 3, None),
        (CVL, VALIDANT, None, None),
        (CVL, VALIDANT, 3, Motif.POSTE_POURVU),
        (CVL, VALIDANT, 14, Motif.POSTE_POURVU),
        (CVL, NON_VALIDANT, 3, None),
        (INTERDIT, VALIDANT, None, Motif.SURNOMBRE_INTERDIT),
        (INTERDIT, NON_VALIDANT, None, Motif.SURNOMBRE_INTERDIT),
    ],
)
def test_policy_of_surnombre(politique, type_choix, occupant, motif):
    assert why({"rang_classique": occupant}, {"politique": politique}, type_choix=type_choix) is motif


@pytest.mark.parametrize("politique", [IDF, CVL, INTERDIT])
def test_classiques_choose_free_postes_under_every_policy(politique):
    assert why({}, {"politique": politique}) is None
    assert why({"rang_classique": 14}, {"politique": politique}) is Motif.POSTE_POURVU


@pytest.mark.parametrize("politique", [IDF, CVL])
def test_poste_held_before_the_amphi_is_closed_to_a_surnombre_validant(politique):
    assert why({"tenu": True}, {"politique": politique}, type_choix=VALIDANT) is Motif.POSTE_POURVU
    assert why({"tenu": True}, {"politique": politique}, type_choix=NON_VALIDANT) is None
    assert why({"tenu": True}, {"politique": politique}) is Motif.POSTE_POURVU


def test_surnombre_leaves_the_poste_free_for_a_classique():
    assert why({"surnombres_service": 2}, {"surnombres_max": 1}) is None


def test_second_surnombre_of_a_service_is_refused_with_a_limit_of_one():
    place = {"surnombres_service": 1}
    assert why(place, {"surnombres_max": 1}, type_choix=VALIDANT) is Motif.SURNOMBRE_PLEIN
    assert why(place, {"surnombres_max": 2}, type_choix=VALIDANT) is None
    assert why(place, {}, type_choix=VALIDANT) is None


@pytest.mark.parametrize(
    ("severite", "motif"),
    [(Severite.REFUSE, Motif.DEJA_VALIDE), (Severite.AVERTIT, None), (Severite.IGNORE, None)],
)
def test_service_already_validated(severite, motif):
    assert why({}, {"deja_valide": severite}, valides=frozenset({"S1"})) is motif


@pytest.mark.parametrize(
    ("severite", "motif"),
    [(Severite.REFUSE, Motif.HORS_MAQUETTE), (Severite.AVERTIT, None), (Severite.IGNORE, None)],
)
def test_poste_that_serves_no_requirement(severite, motif):
    assert why({}, {"maquette": severite}, hors_maquette=frozenset({"1"})) is motif


def test_derogation_lifts_the_maquette():
    hors = frozenset({"1"})
    assert why({}, {"maquette": Severite.REFUSE}, hors_maquette=hors, derogation=True) is None


def test_recap_says_what_is_not_refused():
    candidat = Candidat(rang=1, valides=frozenset({"S1"}), hors_maquette=frozenset({"1"}))
    place = Place(poste="1", service="S1")
    assert avertissements(candidat, place, Reglement()) == (Motif.DEJA_VALIDE, Motif.HORS_MAQUETTE)
    muet = Reglement(deja_valide=Severite.IGNORE, maquette=Severite.REFUSE)
    assert avertissements(candidat, place, muet) == ()
