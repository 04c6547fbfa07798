"""Deferred acceptance, candidates proposing: the stable result that is best for every candidate.

Gale and Shapley, American Mathematical Monthly 69 (1962). A site is one or two kinds of seats
(`Guichet`): where local candidates come first for the first seat, that seat is a guichet of its own,
asked before the others of its site. With priorities of its own per seat the result stays stable and
no candidate gains by lying (Kominers and Sönmez, Theoretical Economics 11, 2016).
"""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heappush, heapreplace

SANS_PLACE = -1


def defer(voeux: Sequence[Sequence[tuple[int, int]]], places: Sequence[int]) -> list[int]:
    """The guichet of each candidate, or SANS_PLACE.

    `voeux[c]` are the guichets that candidate c accepts and that accept him, best first, each with
    c's place in its order (0 is first, no two equal in one guichet). `places[g]` seats in guichet g.
    """
    effectif = len(voeux)
    tenus: list[list[int]] = [[] for _ in places]
    prochain = [0] * effectif
    obtenu = [SANS_PLACE] * effectif
    a_placer = list(range(effectif - 1, -1, -1))
    while a_placer:
        candidat = a_placer.pop()
        siens = voeux[candidat]
        for essai in range(prochain[candidat], len(siens)):
            guichet, ordre = siens[essai]
            # The heap holds negated keys: its first is the last of those held.
            cle = -(ordre * effectif + candidat)
            tas = tenus[guichet]
            if len(tas) < places[guichet]:
                heappush(tas, cle)
            elif tas and cle > tas[0]:
                evince = -heapreplace(tas, cle) % effectif
                obtenu[evince] = SANS_PLACE
                a_placer.append(evince)
            else:
                continue
            prochain[candidat] = essai + 1
            obtenu[candidat] = guichet
            break
        else:
            prochain[candidat] = len(siens)
    return obtenu
