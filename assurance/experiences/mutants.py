"""Mutants: one protection taken away, the named tests must notice."""

from collections.abc import Iterator

from assurance.essai import Essai
from assurance.mutants.essai import run as run_mutants
from assurance.resultat import Resultat


def run(essai: Essai) -> Iterator[Resultat]:
    yield run_mutants(essai.magasin)
