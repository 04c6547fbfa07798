"""Whose token is this?"""

import hashlib
from datetime import datetime

from gradin.data.comptes.models import Compte, Jeton


def compte_of_jeton(secret: str, maintenant: datetime) -> Compte | None:
    """The active account that a live token belongs to."""
    empreinte = hashlib.sha256(secret.encode()).hexdigest()
    jetons = Jeton.objects.select_related("compte").filter(
        empreinte=empreinte, expires_at__gt=maintenant, revoked_at=None, compte__is_active=True
    )
    return next((jeton.compte for jeton in jetons[:1]), None)
