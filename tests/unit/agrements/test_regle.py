"""A poste needs an agrément of its service, for its DES and phase, in force, not yet full."""

from dataclasses import replace
from datetime import date

import pytest

from gradin.domain.agrements import MOTS, AgrementTenu, DefautAgrement, PosteAgree, find_defauts

DEBUT = date(2027, 5, 2)
TENU = AgrementTenu(
    service="69000001",
    des="CVD",
    phases=frozenset({"socle"}),
    capacite=1,
    du=date(2025, 11, 2),
    au=DEBUT,
)
POSTE = PosteAgree(cle="1", service="69000001", des="CVD", regime="socle")


def test_a_poste_with_its_agrement_has_no_defaut_up_to_the_last_day():
    assert find_defauts([POSTE], [TENU], DEBUT) == {}


@pytest.mark.parametrize(
    ("changes", "defaut"),
    [
        ({"des": "PED"}, DefautAgrement.AUCUN),
        ({"service": "69000002"}, DefautAgrement.AUCUN),
        ({"phases": frozenset({"approfondissement"})}, DefautAgrement.PHASE),
        ({"au": date(2027, 5, 1)}, DefautAgrement.DATES),
        ({"du": date(2027, 5, 3), "au": date(2028, 5, 3)}, DefautAgrement.DATES),
        ({"valide": False}, DefautAgrement.SUSPENDU),
        ({"capacite": 0}, DefautAgrement.CAPACITE),
    ],
)
def test_each_thing_that_is_missing_is_named(changes, defaut):
    assert find_defauts([POSTE], [replace(TENU, **changes)], DEBUT) == {"1": defaut}
    assert MOTS[defaut]


def test_the_second_poste_is_one_too_many_and_another_agrement_takes_it():
    second = replace(POSTE, cle="2")
    assert find_defauts([POSTE, second], [TENU], DEBUT) == {"2": DefautAgrement.CAPACITE}
    autre = replace(TENU, phases=frozenset({"socle", "approfondissement"}))
    assert find_defauts([POSTE, second], [TENU, autre], DEBUT) == {}


@pytest.mark.parametrize("regime", ["ancien-regime", "approfondissement", "ar-approfondissement"])
def test_ancien_regime_and_approfondissement_share_an_agrement(regime):
    large = replace(TENU, phases=frozenset({"approfondissement"}))
    assert find_defauts([replace(POSTE, regime=regime)], [large], DEBUT) == {}


def test_of_several_agrements_the_nearest_miss_is_told():
    passe = replace(TENU, au=date(2026, 1, 1))
    autre_phase = replace(TENU, phases=frozenset({"consolidation"}))
    assert find_defauts([POSTE], [autre_phase, passe], DEBUT) == {"1": DefautAgrement.DATES}
