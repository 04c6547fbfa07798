"""Each mutant still finds the text that it changes and names tests that exist; `make assurance` runs them."""

import ast
from pathlib import Path

import pytest

from assurance.mutants.catalogue import MUTANTS
from assurance.mutants.mutation import Mutant, texts_of

RACINE = Path(__file__).resolve().parents[3]
PLAN = {f"M{n:02d}" for n in range(1, 31)} | {"M03b"}


def test_the_thirty_one_of_the_plan_are_there_once() -> None:
    noms = [mutant.nom for mutant in MUTANTS]
    assert len(noms) == len(set(noms)) and set(noms) >= PLAN


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.nom)
def test_it_applies_gives_a_program_and_names_tests(mutant: Mutant) -> None:
    for texte in texts_of(RACINE, mutant).values():
        ast.parse(texte)
    assert [test for test in mutant.tests if not (RACINE / test.partition("::")[0]).exists()] == []
