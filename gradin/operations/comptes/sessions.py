"""The ARS ends the sessions of an interne: a lost telephone, a computer left open."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.db import transaction

from gradin.data.comptes.models import Jeton
from gradin.operations.comptes.historique import lock_interne, record
from gradin.operations.permissions import check_can_manage_interne
from gradin.queries.visiteurs import Visiteur


@transaction.atomic
def end_sessions(interne: int, agent: Visiteur, *, maintenant: datetime) -> int:
    """How many were open; tokens of programs end with them."""
    check_can_manage_interne(agent, interne)
    row = lock_interne(interne)
    ouvertes = list(UserSession.objects.filter(user_id=row.compte_id)) if row.compte_id else []
    for session in ouvertes:
        session.end()
    Jeton.objects.filter(compte=row.compte_id, revoked_at=None).update(revoked_at=maintenant)
    record(row, "sessions", avant="", apres=str(len(ouvertes)), auteur=agent.courriel, maintenant=maintenant)
    return len(ouvertes)
