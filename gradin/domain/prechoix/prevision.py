"""The chance that a poste is still free at somebody's turn: the call list played many times at random.

Serial dictatorship: down the list, each takes the first open poste of his wishes. Who shared his
wishes follows them, save now and then; who did not behaves, in each draw, like one of those who did,
taken at random. Who finds none of his wishes open takes any open poste. Favourites are never read:
only what internes agreed to share. Method and its limits: `/aide/`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import gcd

import numpy as np
from numpy.typing import NDArray

Draws = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prevision:
    """What is known before playing: postes are 0..n-1, internes stand in call order.

    `voeux`: best first; None for who shares nothing. `inconstance`: how often who shared does
    otherwise; `absence`: how often somebody does not choose at all. `modeles`: whose wishes are
    imitated in all, shared out among those who imitate.
    """

    postes: int
    voeux: Sequence[Sequence[int] | None]
    tirages: int = 1_000
    inconstance: float = 0.15
    absence: float = 0.03
    modeles: int = 20_000
    graine: int = 0


@dataclass(slots=True)
class Partie:
    """All draws at once while they are played: `libres[poste, draw]`, `modeles` imitated by each."""

    libres: Draws
    listes: Sequence[Sequence[int]]
    modeles: int
    hasard: np.random.Generator


def foresee(prevision: Prevision, souhaits: Mapping[int, Sequence[int]]) -> dict[int, tuple[float, ...]]:
    """For each interne of `souhaits`, the chance (0 to 1) of each poste he asks about, at his turn."""
    partie = deal(prevision)
    chances = dict[int, tuple[float, ...]]()
    for interne in range(max(souhaits, default=-1) + 1):
        if interne in souhaits:
            demandes = np.asarray(souhaits[interne], dtype=np.int32)
            chances[interne] = tuple(float(part) for part in partie.libres[demandes].mean(axis=1))
        play(partie, prevision, prevision.voeux[interne] or ())
    return chances


def deal(prevision: Prevision) -> Partie:
    """Everything free. The more internes, the fewer models for each: together they are as many."""
    libres = np.ones((prevision.postes, prevision.tirages), dtype=np.bool_)
    return Partie(
        libres=libres,
        listes=[liste for liste in prevision.voeux if liste] or [()],
        modeles=min(prevision.tirages, max(1, prevision.modeles // max(1, len(prevision.voeux)))),
        hasard=np.random.default_rng(prevision.graine),
    )


def play(partie: Partie, prevision: Prevision, voeux: Sequence[int]) -> None:
    """One interne chooses in every draw; without wishes of his own, always like somebody else."""
    tirages = partie.libres.shape[1]
    presents = partie.hasard.random(tirages) >= prevision.absence
    constants = partie.hasard.random(tirages) >= (prevision.inconstance if voeux else 1)
    sans = follow(partie, voeux, np.logical_and(presents, constants))
    sans |= imitate(partie, np.logical_and(presents, ~constants))
    take_any(partie, sans)


def follow(partie: Partie, voeux: Iterable[int], reste: Draws) -> Draws:
    """Give the first open wish in each draw of `reste`; what remains of it found none."""
    for poste in voeux:
        if not reste.any():
            break
        pris = reste & partie.libres[poste]
        partie.libres[poste] ^= pris
        reste ^= pris
    return reste


def imitate(partie: Partie, reste: Draws) -> Draws:
    """In each draw of `reste`, the wishes of one of a few models; returns the draws where none is open."""
    modeles = partie.hasard.integers(len(partie.listes), size=partie.modeles)
    attribution = partie.hasard.integers(partie.modeles, size=len(reste))
    sans = np.zeros_like(reste)
    for numero, modele in enumerate(modeles):
        sans |= follow(partie, partie.listes[modele], reste & (attribution == numero))
    return sans


def take_any(partie: Partie, reste: Draws) -> None:
    """An open poste at random in each draw of `reste`, the draws of one model by the same walk; none if all
    are taken."""
    attribution = partie.hasard.integers(partie.modeles, size=len(reste))
    for numero in np.unique(attribution[reste]):
        follow(partie, wander(len(partie.libres), partie.hasard), reste & (attribution == numero))


def wander(postes: int, hasard: np.random.Generator) -> Iterator[int]:
    """Every poste once, from a random one by a random step."""
    poste, pas = (int(tire) for tire in hasard.integers(1, postes + 1, size=2)) if postes else (0, 1)
    while gcd(pas, postes) > 1:
        pas += 1
    for _ in range(postes):
        yield poste % postes
        poste += pas
