"""The forecast of postes against the bare play of the same draws: `python -m bench.prevision`."""

import sys
from time import process_time

import numpy as np

from gradin.domain.prechoix.prevision import Prevision, foresee

TAILLE = 10_000
TIRAGES = 1_000
VOEUX = 20


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


def cpu_s(run: object, *arguments: object) -> float:
    debut = process_time()
    run(*arguments)  # type: ignore[operator]
    return process_time() - debut


def main(taille: int = TAILLE) -> None:
    voeux = make_wishes(taille)
    ours = cpu_s(foresee, Prevision(postes=taille, voeux=voeux, tirages=TIRAGES), {taille - 1: range(VOEUX)})
    reference = cpu_s(play_bare, voeux, taille)
    print(
        f"forecast {taille} x {taille} x {TIRAGES} draws {ours:7.2f} s of CPU   "
        f"{ours / reference:4.2f} x the bare play"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else TAILLE)
