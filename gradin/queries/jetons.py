"""Whose token is this?"""

import hashlib
from datetime import datetime

from gradin.data.comptes.models import Compte


def compte_of_jeton(secret: str, maintenant: datetime) -> Compte | None:
    """The active account that a live token belongs to."""
    empreinte = hashlib.sha256(secret.encode()).hexdigest()
    comptes = Compte.objects.filter(
        is_active=True,
        jetons__empreinte=empreinte,
        jetons__expires_at__gt=maintenant,
        jetons__revoked_at=None,
    )
    return next(iter(comptes.only("email", "nom_affiche", "role", "is_active", "password")[:1]), None)
