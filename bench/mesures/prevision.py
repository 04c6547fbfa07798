"""The forecast of postes against the bare play of the same draws."""

from collections.abc import Callable, Iterator
from time import process_time

import numpy as np

from bench.tableau import Ligne, Tableau
from gradin.domain.prechoix.prevision import Prevision, foresee

TAILLE = 10_000
TIRAGES = 1_000
VOEUX = 20
BUT_S = 2


def make_wishes(taille: int) -> list[list[int]]:
    """Everybody has a list; some postes are wanted by many."""
    hasard = np.random.default_rng(2027)
    gouts = (hasard.beta(0.7, 1.6, size=(taille, VOEUX)) * taille).astype(int)
    return [list(dict.fromkeys(liste)) for liste in gouts.tolist()]


def play_bare(voeux: list[list[int]], taille: int) -> None:
    """The reference: each, in each draw, the first of his list that is free; no model, no chance read."""
    libres = np.ones((taille, TIRAGES), dtype=np.bool_)
    for liste in voeux:
        reste = np.ones(TIRAGES, dtype=np.bool_)
        for poste in liste:
            pris = reste & libres[poste]
            libres[poste] ^= pris
            reste ^= pris
            if not reste.any():
                break


def cpu_s(run: Callable[..., object], *arguments: object) -> float:
    debut = process_time()
    run(*arguments)
    return process_time() - debut


def tables() -> Iterator[Tableau]:
    voeux = make_wishes(TAILLE)
    ours = cpu_s(foresee, Prevision(postes=TAILLE, voeux=voeux, tirages=TIRAGES), {TAILLE - 1: range(VOEUX)})
    bare = cpu_s(play_bare, voeux, TAILLE)
    yield Tableau(
        titre=f"forecast, {TAILLE} internes × {TAILLE} postes × {TIRAGES} draws, CPU",
        reference="the bare play of the same draws",
        lignes=(
            Ligne(
                nom="with imitation, absences, chances", valeur=ours, unite="s", reference=bare, au_plus=BUT_S
            ),
        ),
    )
