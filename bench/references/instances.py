"""Wishes for a matching, the same in every process that asks for the same number of candidates."""

import random
from dataclasses import dataclass

VOEUX = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    """`voeux[c]`: sites, best first. `ordres[s]`: who asks for it, best first. `places[s]` seats."""

    voeux: list[list[int]]
    ordres: list[list[int]]
    places: list[int]


def make_instance(effectif: int) -> Instance:
    """One seat for each candidate, ten a site, every site ranking whoever asks for it."""
    hasard, sites = random.Random(effectif), max(VOEUX, effectif // 10)
    voeux = [hasard.sample(range(sites), VOEUX) for _ in range(effectif)]
    ordres: list[list[int]] = [[] for _ in range(sites)]
    for candidat in hasard.sample(range(effectif), effectif):
        for site in voeux[candidat]:
            ordres[site].append(candidat)
    return Instance(voeux=voeux, ordres=ordres, places=[10] * sites)
