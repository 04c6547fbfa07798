"""handle: what is written, what is refused, what stays of a refused command."""

import pytest

from gradin.data.amphis.models import Affectation, Amphi, EtatAmphi, Place
from gradin.data.postes.models import Poste
from gradin.queries.lectures import ecarts
from tests.factories.amphis import T0, make_amphi
from tests.factories.live import choose, pass_time, start, state

pytestmark = pytest.mark.django_db


def test_start_numbers_the_list_and_opens_the_first_tour() -> None:
    amphi = make_amphi(internes=3)
    start(amphi)
    amphi.refresh_from_db()
    assert amphi.etat == EtatAmphi.EN_COURS
    assert list(Place.objects.filter(amphi=amphi).values_list("rang", "numero")) == [(1, 1), (2, 2), (3, 3)]
    tour = state(amphi).tour
    assert tour is not None and (tour.tour, tour.interne) == (1, 1)
    assert ecarts(amphi.pk) == ()


def test_a_choice_is_written_everywhere_at_once() -> None:
    amphi = make_amphi()
    start(amphi)
    reponse = choose(amphi, 1, "2", T0 + 5_000)
    recu = reponse.corps["recu"]
    assert reponse.statut == 201
    assert (recu["interne"], recu["poste"]) == (1, "2")
    assert Poste.objects.get(numero="2").etat == "pourvu"
    assert Place.objects.get(amphi=amphi, rang=1).statut == "a_choisi"
    assert Affectation.objects.get(amphi=amphi).n == recu["n"]
    assert Amphi.objects.get(pk=amphi.pk).seq == reponse.seq
    assert ecarts(amphi.pk) == ()


def test_a_late_confirm_ends_the_tour_and_is_refused() -> None:
    amphi = make_amphi()
    start(amphi)
    reponse = choose(amphi, 1, "2", T0 + 92_001)
    assert (reponse.statut, reponse.corps["motif"]) == (409, "temps_ecoule")
    assert Place.objects.get(amphi=amphi, rang=1).statut == "passe"
    assert Place.objects.get(amphi=amphi, rang=2).statut == "en_cours"
    assert ecarts(amphi.pk) == ()


def test_the_clock_ends_one_tour_at_a_time() -> None:
    amphi = make_amphi()
    start(amphi)
    pass_time(amphi, T0 + 500_000)
    tour = state(amphi).tour
    assert tour is not None and (tour.interne, tour.debut) == (2, T0 + 500_000)
