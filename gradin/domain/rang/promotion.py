"""Promotion théorique: the promotion among which an interne of some seniority chooses."""

from __future__ import annotations

from gradin.domain.rang.semestre import Semestre


def find_promotion_theorique(semestre: Semestre, anciennete: int) -> int:
    """The most recent promotion whose regular seniority is at least `anciennete`.

    A promotion that has not begun has a negative regular seniority, so it is never found.
    """
    if anciennete < 0:
        raise ValueError("L'ancienneté ne peut pas être négative.")
    newest = semestre.annee if semestre.regular_anciennete(semestre.annee) >= 0 else semestre.annee - 1
    missing = anciennete - semestre.regular_anciennete(newest)
    return newest - max(0, -(-missing // 2))
