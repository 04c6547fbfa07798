"""Move the limits of an amphi's sessions by hand; a postponement carries them along (rules.md §6)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from gradin.data.amphis.models import Amphi, ListeAppel, SessionChoix
from gradin.domain.limites import find_fault, shift_sessions
from gradin.domain.sessions import Session
from gradin.operations.amphis.actes_avant import record_acte
from gradin.operations.amphis.handling import lock_amphi
from gradin.operations.calendrier import note_moves
from gradin.operations.courriers.enqueue import instant
from gradin.operations.preparation.horaires import cut_amphi, is_covered, store_sessions, to_local, to_utc
from gradin.operations.preparation.listes import check_not_started
from gradin.operations.preparation.refus import PreparationRefusee
from gradin.queries.reglages import read_parametres_sessions

ACTE = "deplacer_sessions"


@transaction.atomic
def move_limits(amphi_id: int, sessions: Sequence[Session], *, auteur: int | None, maintenant: int) -> None:
    """`sessions`: local hours, in order. Raises PreparationRefusee. Locks the amphi."""
    amphi = lock_amphi(amphi_id)
    check_not_started(amphi)
    faute = find_fault(sessions, amphi.places.count())
    if faute:
        raise PreparationRefusee(faute)
    if to_utc(amphi, sessions[0].debut) <= instant(maintenant):
        raise PreparationRefusee("La première session commence à une heure à venir.")
    store_sessions(amphi, _rows(amphi, sessions), instant(maintenant))
    details = {"sessions": len(sessions)}
    record_acte(amphi, ACTE, auteur=auteur, maintenant=maintenant, details=details)
    note_moves(maintenant)


def sessions_from(amphi: Amphi, liste: ListeAppel, debut: datetime) -> tuple[SessionChoix, ...]:
    """From this local hour on: those moved by hand as they are, else a new cut."""
    if not is_moved(amphi, liste):
        return cut_amphi(amphi, liste, debut)
    parametres = read_parametres_sessions(amphi.parametres)
    return _rows(amphi, shift_sessions(local_sessions(amphi), debut, parametres))


def is_moved(amphi: Amphi, liste: ListeAppel) -> bool:
    """Whether they still cover the list, and no cut would have made them so."""
    if amphi.debut is None or not is_covered(amphi, len(liste.figures)):
        return False
    coupees = cut_amphi(amphi, liste, to_local(amphi, amphi.debut))
    ici = [(s.debut, s.fin, s.rang_a) for s in amphi.sessions.order_by("numero")]
    return ici != [(s.debut, s.fin, s.rang_a) for s in coupees]


def local_sessions(amphi: Amphi) -> tuple[Session, ...]:
    return tuple(
        Session(
            numero=row.numero,
            debut=to_local(amphi, row.debut),
            fin=to_local(amphi, row.fin),
            rang_de=row.rang_de,
            rang_a=row.rang_a,
        )
        for row in amphi.sessions.order_by("numero")
    )


def _rows(amphi: Amphi, sessions: Sequence[Session]) -> tuple[SessionChoix, ...]:
    return tuple(
        SessionChoix(
            amphi=amphi,
            numero=numero,
            debut=to_utc(amphi, session.debut),
            fin=to_utc(amphi, session.fin),
            rang_de=session.rang_de,
            rang_a=session.rang_a,
        )
        for numero, session in enumerate(sessions, start=1)
    )
