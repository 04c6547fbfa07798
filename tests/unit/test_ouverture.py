"""The published cases of tests/vectors/ouverture.json hold, and the edges between its rules."""

import json
from pathlib import Path

import pytest

from gradin.domain.ouverture import ReglesOuverture, count_postes_required

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "ouverture.json").read_text("utf-8"))


@pytest.mark.parametrize("cas", VECTORS["cas"], ids=lambda cas: f"{cas['des']}-{cas['internes']}")
def test_published_counts(cas):
    assert count_postes_required(cas["des"], cas["internes"], ReglesOuverture()) == cas["postes"]


@pytest.mark.parametrize(
    ("des", "internes", "postes"),
    [("CVD", 0, 0), ("PSY", 0, 0), ("CVD", 1, 2), ("CVD", 14, 15), ("MGE", 430, 460), ("GYO", 14, 16)],
)
def test_edges(des, internes, postes):
    assert count_postes_required(des, internes, ReglesOuverture()) == postes


def test_every_figure_is_a_parameter():
    regles = ReglesOuverture(pour_cent=100, petits=frozenset(), grand_effectif=10, marge_medecine_generale=1)
    assert count_postes_required("PSY", 14, regles) == 14
    assert count_postes_required("MGE", 10, regles) == 11
