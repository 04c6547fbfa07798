"""Outages: who can commit beats every second while an amphi runs, and a silence is nobody's loss."""

from gradin.domain.amphi.state import Etat
from gradin.operations.amphis import sql

# Beats come every second; a longer silence, or a clock that far behind, is an outage.
SILENCE = 3_000


def panne_since(etat: Etat, maintenant: int) -> int | None:
    """Since when nobody could commit: the later of last beat and last fact; None without an outage."""
    last = last_alive(etat)
    return last if abs(maintenant - last) > SILENCE else None


def last_alive(etat: Etat) -> int:
    return max(sql.last_beat(), etat.dernier_a)
