"""Maximum bipartite matching (Hopcroft-Karp), where a right node may hold several left ones.

Hopcroft and Karp, SIAM J. Comput. 2 (1973). Left nodes are internes; right nodes are kinds of
postes with the number of seats of each. The Hall violator names who lacks what.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

MORT = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Manque:
    """Left nodes that, together, reach too few seats: `places` < len(`internes`)."""

    internes: tuple[int, ...]
    postes: tuple[int, ...]
    places: int


@dataclass(slots=True)
class Couplage:
    """A matching while it grows: `droite[l]` is the right node of left node l, or None."""

    voisins: Sequence[Sequence[int]]
    capacites: Sequence[int]
    droite: list[int | None]
    occupants: list[list[int]]

    def has_seat(self, poste: int) -> bool:
        return len(self.occupants[poste]) < self.capacites[poste]

    def seat(self, interne: int, poste: int) -> None:
        """Put an interne there, leaving his former seat."""
        former = self.droite[interne]
        if former is not None:
            self.occupants[former].remove(interne)
        self.occupants[poste].append(interne)
        self.droite[interne] = poste


def match(voisins: Sequence[Sequence[int]], capacites: Sequence[int]) -> tuple[int | None, ...]:
    """The right node given to each left node in a maximum matching; None for those left out."""
    return tuple(grow(voisins, capacites).droite)


def find_manque(voisins: Sequence[Sequence[int]], capacites: Sequence[int]) -> Manque | None:
    """Who cannot all be served, or None when everybody can (Hall's theorem)."""
    couplage = grow(voisins, capacites)
    left_out = [interne for interne, poste in enumerate(couplage.droite) if poste is None]
    if not left_out:
        return None
    niveaux, postes = layer(couplage, left_out, whole=True)
    internes = tuple(interne for interne, niveau in enumerate(niveaux) if niveau != MORT)
    return Manque(
        internes=internes, postes=tuple(sorted(postes)), places=sum(capacites[poste] for poste in postes)
    )


def grow(voisins: Sequence[Sequence[int]], capacites: Sequence[int]) -> Couplage:
    """Phases of disjoint shortest augmenting paths, until there is none."""
    couplage = Couplage(voisins, capacites, [None] * len(voisins), [[] for _ in capacites])
    seat_greedily(couplage)
    while True:
        left_out = [interne for interne, poste in enumerate(couplage.droite) if poste is None]
        niveaux, postes = layer(couplage, left_out)
        avance = [0] * len(voisins)
        found = [augment(couplage, interne, niveaux, postes, avance) for interne in left_out]
        if not any(found):
            return couplage


def seat_greedily(couplage: Couplage) -> None:
    """A first matching, usually almost the whole of it; it spares most phases."""
    for interne, postes in enumerate(couplage.voisins):
        free = next((poste for poste in postes if couplage.has_seat(poste)), None)
        if free is not None:
            couplage.seat(interne, free)


def layer(
    couplage: Couplage, left_out: list[int], *, whole: bool = False
) -> tuple[list[int], dict[int, int]]:
    """Distance of each left node (MORT when out of reach) and right node from those left out.

    Stops at the first layer with a free seat, unless `whole` is asked.
    """
    niveaux = [MORT] * len(couplage.voisins)
    for interne in left_out:
        niveaux[interne] = 0
    postes: dict[int, int] = {}
    layer_now, niveau, free = left_out, 0, False
    while layer_now and (whole or not free):
        niveau += 1
        reached = {poste for interne in layer_now for poste in couplage.voisins[interne]} - postes.keys()
        postes |= dict.fromkeys(reached, niveau)
        free = any(couplage.has_seat(poste) for poste in reached)
        layer_now = [
            occupant
            for poste in sorted(reached)
            for occupant in couplage.occupants[poste]
            if niveaux[occupant] == MORT
        ]
        for occupant in layer_now:
            niveaux[occupant] = niveau
    return niveaux, postes


def augment(
    couplage: Couplage, start: int, niveaux: list[int], postes: dict[int, int], avance: list[int]
) -> bool:
    """Walk down the layers from `start` to a free seat and shift everybody on the way; no recursion."""
    internes, chemin = [start], list[int]()
    while internes:
        step = find_step(couplage, internes[-1], niveaux, postes, avance)
        if step is None:
            niveaux[internes.pop()] = MORT
            del chemin[-1:]
            continue
        poste, occupant = step
        chemin.append(poste)
        if occupant is None:
            for moved, seat in reversed(list(zip(internes, chemin, strict=True))):
                couplage.seat(moved, seat)
            return True
        internes.append(occupant)
    return False


def find_step(
    couplage: Couplage, interne: int, niveaux: list[int], postes: dict[int, int], avance: list[int]
) -> tuple[int, int | None] | None:
    """The next right node down the layers, with the occupant to displace (None: a seat is free)."""
    voisins = couplage.voisins[interne]
    while avance[interne] < len(voisins):
        poste = voisins[avance[interne]]
        if postes.get(poste) == niveaux[interne] + 1:
            if couplage.has_seat(poste):
                return poste, None
            below = postes[poste]
            occupant = next((o for o in couplage.occupants[poste] if niveaux[o] == below), None)
            if occupant is not None:
                return poste, occupant
        avance[interne] += 1
    return None
