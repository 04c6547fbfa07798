"""The matching is as large as can be, and says who lacks what when it is not."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from gradin.domain.appariement.couplage import find_manque, match
from tests.ampleur import times


@st.composite
def offres(draw):
    postes = draw(st.integers(1, 4))
    capacites = draw(st.lists(st.integers(0, 2), min_size=postes, max_size=postes))
    voisins = draw(st.lists(st.lists(st.integers(0, postes - 1), unique=True, max_size=postes), max_size=5))
    return voisins, capacites


def best_by_brute_force(voisins, capacites):
    best = 0
    for answer in product(*[[None, *choix] for choix in voisins]):
        given_seats = [poste for poste in answer if poste is not None]
        if all(given_seats.count(poste) <= capacite for poste, capacite in enumerate(capacites)):
            best = max(best, len(given_seats))
    return best


@settings(max_examples=times(120))
@given(offres())
def test_as_large_as_brute_force_finds(offre):
    voisins, capacites = offre
    answer = match(voisins, capacites)
    seats = [poste for poste in answer if poste is not None]
    assert len(seats) == best_by_brute_force(voisins, capacites)
    assert all(poste is None or poste in voisins[interne] for interne, poste in enumerate(answer))
    assert all(seats.count(poste) <= capacite for poste, capacite in enumerate(capacites))


@settings(max_examples=times(120))
@given(offres())
def test_manque_is_named_exactly_when_somebody_is_left_out(offre):
    voisins, capacites = offre
    manque = find_manque(voisins, capacites)
    assert (manque is None) == (best_by_brute_force(voisins, capacites) == len(voisins))
    if manque is not None:
        assert {poste for interne in manque.internes for poste in voisins[interne]} == set(manque.postes)
        assert manque.places == sum(capacites[poste] for poste in manque.postes) < len(manque.internes)


def test_greedy_choice_is_undone_by_a_longer_path():
    assert match([[0, 1], [0]], [1, 1]) == (1, 0)


def test_chain_of_two_thousand_needs_no_recursion():
    size = 2_000
    voisins = [*([poste, poste + 1] for poste in range(size)), [0]]
    assert None not in match(voisins, [1] * (size + 1))
    assert find_manque([*voisins, [0]], [1] * (size + 1)).internes == (size, size + 1)
