"""Tokens of the API: shown once, kept as a hash, valid twelve hours."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from gradin.data.comptes.models import Compte, Jeton

DUREE = timedelta(hours=12)


class CompteInconnu(LookupError):
    """No active account has this e-mail."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JetonEmis:
    jeton: str
    expire_le: datetime


def create_jeton(*, compte: int, secret: str, maintenant: datetime, duree: timedelta = DUREE) -> JetonEmis:
    """`secret` is drawn by the caller (randomness is an argument)."""
    expire_le = maintenant + duree
    Jeton.objects.create(
        compte_id=compte, empreinte=empreinte_of(secret), created_at=maintenant, expires_at=expire_le
    )
    return JetonEmis(jeton=secret, expire_le=expire_le)


def create_jeton_of(
    *, courriel: str, secret: str, maintenant: datetime, duree: timedelta = DUREE
) -> JetonEmis:
    """The operator's command: no password asked, the account must exist and be active."""
    compte = Compte.objects.filter(email=courriel.strip().lower(), is_active=True).first()
    if compte is None:
        raise CompteInconnu(f"Aucun compte actif pour {courriel}.")
    return create_jeton(compte=compte.pk, secret=secret, maintenant=maintenant, duree=duree)


def create_jetons(*, secrets: dict[int, str], maintenant: datetime, duree: timedelta = DUREE) -> None:
    """Many at once, for the robots of a rehearsal: account id → secret. Those that have expired go."""
    Jeton.objects.filter(compte__in=secrets, expires_at__lt=maintenant).delete()
    Jeton.objects.bulk_create(
        Jeton(
            compte_id=compte,
            empreinte=empreinte_of(secret),
            created_at=maintenant,
            expires_at=maintenant + duree,
        )
        for compte, secret in secrets.items()
    )


def empreinte_of(secret: str) -> str:
    """Tokens are 256 random bits: a plain hash is enough, and it is what the row holds."""
    return hashlib.sha256(secret.encode()).hexdigest()
