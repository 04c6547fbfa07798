"""The published cases of tests/vectors/ouverture.json hold, and the edges between its rules."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis.strategies import integers, sampled_from

from gradin.domain.ouverture import ReglesOuverture, Volet, count_postes_required, share_postes_required

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


@pytest.mark.parametrize(
    ("socle", "autres", "parts"), [(100, 0, (107, 0)), (8, 10, (9, 11)), (50, 50, (54, 53)), (0, 0, (0, 0))]
)
def test_the_postes_of_a_des_are_shared_as_its_internes_are(socle, autres, parts):
    internes = {Volet.SOCLE: socle, Volet.APPROFONDISSEMENT: autres}
    assert tuple(share_postes_required("CVD", internes, ReglesOuverture()).values()) == parts


@given(socle=integers(0, 600), autres=integers(0, 600), des=sampled_from(["CVD", "PSY", "MGE"]))
def test_the_shares_add_up_to_the_rule_and_no_volet_has_less_than_its_internes(socle, autres, des):
    internes = {Volet.SOCLE: socle, Volet.APPROFONDISSEMENT: autres}
    parts = share_postes_required(des, internes, ReglesOuverture())
    assert sum(parts.values()) == count_postes_required(des, socle + autres, ReglesOuverture())
    assert all(parts[volet] >= nombre for volet, nombre in internes.items())
