"""The ranking of a site as levels: equal candidates share one; each gesture gives the ranks that follow."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

Rangs: TypeAlias = Mapping[int, int]
"""Candidate → rank, 1 the best, 0 refused; who has none has not been ranked."""
Niveaux: TypeAlias = list[list[int]]
REFUSE = 0


def niveaux_of(rangs: Rangs) -> Niveaux:
    """Best first, refused and unranked left out."""
    par_rang: dict[int, list[int]] = {}
    for candidat, rang in rangs.items():
        if rang > REFUSE:
            par_rang.setdefault(rang, []).append(candidat)
    return [par_rang[rang] for rang in sorted(par_rang)]


def ranks_of(niveaux: Niveaux, refuses: Rangs) -> dict[int, int]:
    """As people count: after two equal first ones comes the third."""
    rangs, place = {candidat: REFUSE for candidat, rang in refuses.items() if rang == REFUSE}, 1
    for niveau in niveaux:
        rangs |= dict.fromkeys(niveau, place)
        place += len(niveau)
    return rangs


def move_up(rangs: Rangs, candidat: int) -> dict[int, int]:
    """Out of a tie, just before it; else past the level above. Who has no rank is put last."""
    return _move(rangs, candidat, -1)


def move_down(rangs: Rangs, candidat: int) -> dict[int, int]:
    """Out of a tie, just after it; else past the level below."""
    return _move(rangs, candidat, 1)


def tie(rangs: Rangs, candidat: int) -> dict[int, int]:
    """Equal with the level above."""
    niveaux = niveaux_of(rangs)
    place = _level(niveaux, candidat)
    if place is None:
        return append(rangs, candidat)
    if place == 0:
        return ranks_of(niveaux, rangs)
    niveaux[place].remove(candidat)
    niveaux[place - 1].append(candidat)
    return ranks_of([niveau for niveau in niveaux if niveau], rangs)


def append(rangs: Rangs, candidat: int) -> dict[int, int]:
    """Last, in a level of his own."""
    autres = {un: rang for un, rang in rangs.items() if un != candidat}
    return ranks_of([*niveaux_of(autres), [candidat]], autres)


def refuse(rangs: Rangs, candidat: int) -> dict[int, int]:
    autres = {un: rang for un, rang in rangs.items() if un != candidat}
    return ranks_of(niveaux_of(autres), {**autres, candidat: REFUSE})


def forget(rangs: Rangs, candidat: int) -> dict[int, int]:
    """Neither ranked nor refused."""
    autres = {un: rang for un, rang in rangs.items() if un != candidat}
    return ranks_of(niveaux_of(autres), autres)


def put_before(rangs: Rangs, candidat: int, repere: int) -> dict[int, int]:
    """Just before the level of `repere`; beside somebody refused or unranked: as he is, or last."""
    return _put(rangs, candidat, repere, 0)


def put_after(rangs: Rangs, candidat: int, repere: int) -> dict[int, int]:
    """Just after the level of `repere`."""
    return _put(rangs, candidat, repere, 1)


def put_beside(rangs: Rangs, candidat: int, repere: int) -> dict[int, int]:
    """Equal with `repere`."""
    autres = {un: rang for un, rang in rangs.items() if un != candidat}
    if candidat == repere or not autres.get(repere):
        return _put(rangs, candidat, repere, 0)
    return ranks_of(niveaux_of({**autres, candidat: autres[repere]}), autres)


def _put(rangs: Rangs, candidat: int, repere: int, decalage: int) -> dict[int, int]:
    if candidat == repere:
        return dict(rangs)
    if rangs.get(repere) == REFUSE:
        return refuse(rangs, candidat)
    autres = {un: rang for un, rang in rangs.items() if un != candidat}
    niveaux = niveaux_of(autres)
    place = _level(niveaux, repere)
    if place is None:
        return append(rangs, candidat)
    niveaux.insert(place + decalage, [candidat])
    return ranks_of(niveaux, autres)


GESTES: Mapping[str, Callable[[Rangs, int], dict[int, int]]] = {
    "monter": move_up,
    "descendre": move_down,
    "egaler": tie,
    "classer": append,
    "refuser": refuse,
    "retirer": forget,
}
# Where a line is dropped, beside another one.
POSES: Mapping[str, Callable[[Rangs, int, int], dict[int, int]]] = {
    "avant": put_before,
    "sur": put_beside,
    "apres": put_after,
}


def _move(rangs: Rangs, candidat: int, sens: int) -> dict[int, int]:
    niveaux = niveaux_of(rangs)
    place = _level(niveaux, candidat)
    if place is None:
        return append(rangs, candidat)
    if len(niveaux[place]) > 1:
        niveaux[place].remove(candidat)
        niveaux.insert(place if sens < 0 else place + 1, [candidat])
    elif 0 <= place + sens < len(niveaux):
        niveaux[place], niveaux[place + sens] = niveaux[place + sens], niveaux[place]
    return ranks_of(niveaux, rangs)


def _level(niveaux: Niveaux, candidat: int) -> int | None:
    return next((place for place, niveau in enumerate(niveaux) if candidat in niveau), None)
