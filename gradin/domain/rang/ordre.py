"""The order of the call list: what parts two internes, criterion after criterion (rules.md §3)."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import date
from itertools import groupby, pairwise
from math import inf, lcm
from typing import TypeAlias

from gradin.domain.rang.liste import Departage
from gradin.domain.rang.mesure import Mesure

Cle: TypeAlias = tuple[int, float | int, int, float | int, date]
CRITERES = (None, None, Departage.PROMOTION, Departage.RANG_LOCAL, Departage.NAISSANCE)
RANG_LOCAL_COMPRIS = 4


def order_mesures(mesures: tuple[Mesure, ...], graine: str) -> tuple[tuple[Mesure, Cle], ...]:
    """Sort by seniority, exact rang actualisé, then the criteria for equals.

    The lot is drawn only among internes whom everything else leaves equal.
    """
    denominateur = lcm(*(m.rang_actualise.denominator for m in mesures if m.rang_actualise is not None))
    cles = tuple((mesure, write_cle(mesure, denominateur)) for mesure in mesures)
    occurrences = Counter(cle for _, cle in cles)
    return tuple(
        sorted(
            cles,
            key=lambda paire: (
                paire[1],
                draw_lot(graine, paire[0].candidat.ine) if occurrences[paire[1]] > 1 else "",
            ),
        )
    )


def write_cle(mesure: Mesure, denominateur: int) -> Cle:
    """What is compared, in order; fractions are brought to one denominator, so whole numbers compare.

    A missing rank or birth date comes after all others.
    """
    rang, candidat = mesure.rang_actualise, mesure.candidat
    return (
        -mesure.anciennete,
        inf if rang is None else rang.numerator * (denominateur // rang.denominator),
        candidat.promotion,
        inf if candidat.rang_local is None else candidat.rang_local,
        candidat.ne_le or date.max,
    )


def draw_lot(graine: str, ine: str) -> str:
    """The lot of one interne: anybody who has the published seed draws it again."""
    return hashlib.sha256(f"{graine}{ine}".encode()).hexdigest()


def find_departages(cles: tuple[Cle, ...]) -> tuple[Departage | None, ...]:
    """For each line of an ordered list, the weakest criterion that parts it from a neighbour."""
    weakest = [0] * len(cles)
    for place, (one, other) in enumerate(pairwise(cles)):
        level = compare_cles(one, other)
        weakest[place] = max(weakest[place], level)
        weakest[place + 1] = max(weakest[place + 1], level)
    return tuple((*CRITERES, Departage.SORT)[level] for level in weakest)


def compare_cles(one: Cle, other: Cle) -> int:
    """Position of the first difference, or the number of criteria when there is none."""
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b), len(one))


def group_a_confirmer(ordre: tuple[tuple[Mesure, Cle], ...]) -> tuple[tuple[str, ...], ...]:
    """Groups of INE, in call order, that only birth date or lot could part."""
    classes = tuple((mesure.candidat.ine, cle[:RANG_LOCAL_COMPRIS]) for mesure, cle in ordre if cle[1] != inf)
    groups = (tuple(ine for ine, _ in group) for _, group in groupby(classes, key=lambda paire: paire[1]))
    return tuple(group for group in groups if len(group) > 1)
