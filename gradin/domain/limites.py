"""Limits of sessions moved by hand: judged, then carried along when an amphi is postponed (rules.md §6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from gradin.domain.sessions import ParametresSessions, Session, is_working


def find_fault(sessions: Sequence[Session], internes: int) -> str:
    """The first thing that does not hold, in French with its remedy; empty when all does."""
    if not sessions:
        return "Gardez au moins une session."
    suivant, libre = 1, None
    for session in sessions:
        lieu = f"Session {session.numero}\u00a0:"
        if session.rang_de != suivant or session.rang_a < session.rang_de:
            return f"{lieu} le dernier rang suit celui de la session d’avant. Écrivez {suivant} ou plus."
        if session.fin <= session.debut:
            return f"{lieu} la fin vient après le début."
        if libre is not None and session.debut < libre:
            return f"{lieu} elle commence avant la fin de la session d’avant. Décalez-la."
        suivant, libre = session.rang_a + 1, session.fin
    if suivant != internes + 1:
        return f"La dernière session s’arrête au rang {internes}, le dernier de la liste d’appel."
    return ""


def shift_sessions(
    sessions: Sequence[Session], debut: datetime, parametres: ParametresSessions
) -> tuple[Session, ...]:
    """The same ranks and hours from `debut` on, by the wall clock; days without choice push what follows."""
    ecart = debut - sessions[0].debut
    poussee = timedelta()
    parties: list[Session] = []
    for session in sessions:
        while parties and not is_working((session.debut + ecart + poussee).date(), parametres):
            poussee += timedelta(days=1)
        moment = ecart + poussee
        parties.append(replace(session, debut=session.debut + moment, fin=session.fin + moment))
    return tuple(parties)
