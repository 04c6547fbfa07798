"""« Mes vœux »: gestures, what a whole préchoix says, when a forecast may be shown."""

from gradin.domain.prechoix.bilan import Dispute, sum_up
from gradin.domain.prechoix.partage import partages_voulus, say_chance
from gradin.domain.prechoix.voeux import add_voeux, move_voeu, place_voeu, remove_voeu

VOEUX = ("4", "7", "2")


def test_gestures_keep_each_poste_once():
    assert add_voeux(("7", "9", "9"))(VOEUX) == ("4", "7", "2", "9")
    assert remove_voeu("7")(VOEUX) == ("4", "2")
    assert move_voeu("2", -1)(VOEUX) == ("4", "2", "7")
    assert move_voeu("4", -1)(VOEUX) == VOEUX
    assert place_voeu("2", 1)(VOEUX) == ("2", "4", "7")
    assert place_voeu("4", 99)(VOEUX) == ("7", "2", "4")


def test_a_gesture_on_what_is_not_wished_for_changes_nothing():
    assert move_voeu("99", 1)(VOEUX) == place_voeu("99", 1)(VOEUX) == remove_voeu("99")(VOEUX) == VOEUX


def test_a_service_is_contested_when_more_put_it_first_than_it_has_postes():
    voeux = {1: ("1", "3"), 2: ("2",), 3: ("1",), 4: ("3",), 9: ("1",)}
    bilan = sum_up({1: "1", 2: "2", 3: None, 4: "3", 5: None}, voeux, {"A": ("1", "2"), "B": ("3",)})
    assert bilan.disputes == (Dispute(service="A", premiers=3, postes=2),)
    assert (bilan.deposes, bilan.servis) == (4, 3)


def test_a_forecast_needs_five_who_share_and_a_fifth_of_the_list():
    assert [partages_voulus(effectif) for effectif in (3, 25, 26, 400)] == [5, 5, 6, 80]


def test_a_chance_is_said_in_tenths_and_never_as_a_certainty():
    assert say_chance(70) == (7, "7\u00a0chances sur 10", "probable")
    assert say_chance(12) == (1, "1\u00a0chance sur 10", "peu probable")
    assert say_chance(100)[1] == "plus de 9 chances sur 10"
    assert say_chance(0)[1] == "moins d’1 chance sur 10"
