"""The forecast of postes: exact where nothing is left to chance, calibrated where something is."""

import numpy as np
import pytest

from gradin.domain.prechoix.prevision import Prevision, foresee
from tests.ampleur import times


def certain(postes, voeux):
    return Prevision(postes=postes, voeux=voeux, tirages=50, inconstance=0, absence=0)


def test_the_first_one_finds_everything_free():
    assert foresee(certain(3, [[0], [0]]), {0: [0, 1, 2]}) == {0: (1.0, 1.0, 1.0)}


def test_what_those_before_take_for_sure_is_gone():
    assert foresee(certain(3, [[0, 1], [0, 1], [2]]), {2: [0, 1, 2]}) == {2: (0.0, 0.0, 1.0)}


def test_nobody_after_me_counts():
    assert foresee(certain(2, [[0], [1], [1]]), {1: [1]}) == {1: (1.0,)}


def test_who_shares_nothing_behaves_like_one_of_those_who_do():
    voeux = [None, [0, 1], [1, 0], [0, 1]]
    prevision = Prevision(postes=2, voeux=voeux, tirages=4_000, inconstance=0, absence=0)
    (libre_0, libre_1) = foresee(prevision, {1: [0, 1]})[1]
    assert libre_0 == pytest.approx(1 / 3, abs=0.04)
    assert libre_1 == pytest.approx(2 / 3, abs=0.04)


def test_who_finds_no_wish_open_takes_something():
    assert foresee(certain(2, [[0], [0], [0]]), {2: [0, 1]}) == {2: (0.0, 0.0)}


def test_with_nobody_sharing_every_poste_is_alike():
    prevision = Prevision(postes=10, voeux=[None] * 6, tirages=4_000, absence=0)
    for chance in foresee(prevision, {5: range(10)})[5]:
        assert chance == pytest.approx(0.5, abs=0.05)


def test_more_internes_than_postes_is_no_fault():
    assert foresee(certain(1, [[0], [0], [0]]), {2: [0]}) == {2: (0.0,)}
    assert foresee(certain(0, [[], []]), {1: []}) == {1: ()}


def test_the_same_seed_gives_the_same_forecast():
    prevision = Prevision(postes=5, voeux=[None, [1, 2], None, [0]], tirages=100, graine=7)
    assert foresee(prevision, {3: [0, 1, 2]}) == foresee(prevision, {3: [0, 1, 2]})


def an_amphi(hasard, effectif=50):
    """True wishes: some postes are popular, tastes differ; a share of them is shown."""
    attrait = hasard.normal(0, 1.2, effectif)
    gouts = attrait + hasard.normal(0, 1, (effectif, effectif))
    vrais = np.argsort(-gouts, axis=1)
    partages = hasard.random(effectif) < 0.6
    return vrais, [list(vrais[i, :20]) if partages[i] else None for i in range(effectif)]


def play_truth(vrais, hasard):
    """What happens on the day, and which postes are free at each turn."""
    libres = np.ones(vrais.shape[1], dtype=bool)
    vues = []
    for voeux in vrais:
        vues.append(libres.copy())
        if hasard.random() < 0.03:
            continue
        suivis = hasard.permutation(voeux) if hasard.random() < 0.05 else voeux
        libres[next(poste for poste in suivis if libres[poste])] = False
    return vues


def test_of_the_postes_announced_at_70_to_80_per_cent_as_many_are_free():
    """Sixty simulated amphis: between 65 and 85 % of them."""
    hasard = np.random.default_rng(2027)
    annonces = libres = 0
    for numero in range(times(60)):
        vrais, voeux = an_amphi(hasard)
        souhaits = {interne: vrais[interne, :10] for interne in range(5, 50, 6)}
        chances = foresee(
            Prevision(postes=50, voeux=voeux, tirages=120, modeles=600, graine=numero), souhaits
        )
        vues = play_truth(vrais, hasard)
        for interne, demandes in souhaits.items():
            for poste, chance in zip(demandes, chances[interne], strict=True):
                if 0.7 <= chance <= 0.8:
                    annonces += 1
                    libres += bool(vues[interne][poste])
    assert annonces > 100
    assert 0.65 <= libres / annonces <= 0.85
