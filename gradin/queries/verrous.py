"""Is sign-in refused somewhere for this address, after too many wrong passwords?"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from gradin.data.internes.models import Interne
from gradin.data.profils.models import VerrouConnexion

# As ACCOUNT_RATE_LIMITS["login_failed"] counts them.
FENETRE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class VerrouLu:
    """`jusque`: when it ends by itself."""

    depuis: datetime
    jusque: datetime


def find_verrou(courriel: str, maintenant: datetime) -> VerrouLu | None:
    row = VerrouConnexion.objects.filter(empreinte=empreinte_of_adresse(courriel)).first()
    if row is None or row.at <= maintenant - FENETRE:
        return None
    if row.leve_at is not None and row.leve_at >= row.at:
        return None
    return VerrouLu(depuis=row.at, jusque=row.at + FENETRE)


def verrou_of(interne: int, maintenant: datetime) -> VerrouLu | None:
    courriel = Interne.objects.filter(pk=interne).values_list("compte__email", flat=True).first()
    return find_verrou(courriel, maintenant) if courriel else None


def levees_of(courriel: str) -> int:
    """How often it was lifted: part of the counters' key."""
    rows = VerrouConnexion.objects.filter(empreinte=empreinte_of_adresse(courriel))
    return rows.values_list("levees", flat=True).first() or 0


def empreinte_of_adresse(courriel: str) -> str:
    return sha256(courriel.strip().lower().encode()).hexdigest()
