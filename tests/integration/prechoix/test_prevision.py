"""The forecast of postes: from shared wishes alone, hidden when few share, following the amphi."""

from gradin.data.amphis.models import Amphi, Favori
from gradin.data.prechoix.models import PrevisionPostes
from gradin.operations.prechoix.prevision import compute_prevision
from gradin.operations.prechoix.voeux import share_voeux
from gradin.queries.prevision import must_count, read_chances
from tests.factories.amphis import T0, add_favoris
from tests.factories.live import choose, start
from tests.integration.prechoix.conftest import MAINTENANT, place_of, wish

CINQ = {1: "1 2 3", 2: "1 2 3", 3: "2 1 3", 4: "3 1 2", 6: "1 3 2"}


def chance(amphi: Amphi, rang: int, poste: str) -> int | None:
    lue = read_chances(place_of(amphi, rang)).par_poste.get(poste)
    return None if lue is None else lue.dixiemes


def test_five_who_share_show_what_is_soon_taken_and_what_stays(amphi: Amphi) -> None:
    wish(amphi, CINQ, partage=True)
    assert must_count(amphi.pk)
    compute_prevision(amphi.pk, T0)
    assert not must_count(amphi.pk)
    assert (chance(amphi, 1, "1"), chance(amphi, 8, "1")) == (10, 0)
    assert (chance(amphi, 2, "6") or 0) > (chance(amphi, 2, "1") or 0)


def test_nothing_is_said_when_fewer_share_nor_once_one_withdraws(amphi: Amphi) -> None:
    wish(amphi, {rang: voeux for rang, voeux in CINQ.items() if rang < 6}, partage=True)
    wish(amphi, {6: "1"})
    compute_prevision(amphi.pk, T0)
    assert read_chances(place_of(amphi, 8)).par_poste == {}
    share_voeux(place_of(amphi, 6), True, MAINTENANT)
    compute_prevision(amphi.pk, T0)
    assert read_chances(place_of(amphi, 8)).par_poste
    share_voeux(place_of(amphi, 1), False, MAINTENANT)
    assert must_count(amphi.pk) and read_chances(place_of(amphi, 8)).par_poste == {}


def test_favourites_and_wishes_kept_to_oneself_weigh_nothing(amphi: Amphi) -> None:
    wish(amphi, CINQ, partage=True)
    compute_prevision(amphi.pk, T0)
    avant = bytes(PrevisionPostes.objects.get().chances)
    add_favoris(amphi, 5, ["6", "5"])
    wish(amphi, {5: "6 5", 7: "6"})
    compute_prevision(amphi.pk, T0)
    assert Favori.objects.exists() and bytes(PrevisionPostes.objects.get().chances) == avant


def test_whose_list_weighs_cannot_be_guessed_by_who_follows_a_few(amphi: Amphi) -> None:
    """The second of the list learns nothing of the first: the two give the same forecast to him."""
    wish(amphi, CINQ, partage=True)
    compute_prevision(amphi.pk, T0)
    avant = read_chances(place_of(amphi, 2)).par_poste
    share_voeux(place_of(amphi, 1), False, MAINTENANT)
    wish(amphi, {5: "1 2 3"}, partage=True)
    compute_prevision(amphi.pk, T0)
    assert read_chances(place_of(amphi, 2)).par_poste == avant


def test_it_follows_the_amphi(amphi: Amphi) -> None:
    wish(amphi, CINQ, partage=True)
    compute_prevision(amphi.pk, T0)
    start(amphi, T0)
    choose(amphi, 1, "1", T0 + 1_000)
    assert must_count(amphi.pk)
    compute_prevision(amphi.pk, T0 + 2_000)
    assert chance(amphi, 1, "2") is None and chance(amphi, 3, "1") is None
    assert chance(amphi, 2, "2") == 10
