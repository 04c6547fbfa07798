"""The wordings of mails that the ARS wrote: those in force, and who changed what."""

from dataclasses import dataclass
from datetime import datetime

from gradin.data.courriers.models import VersionModele
from gradin.documents.courriel import Gabarit

DERNIERES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionLue:
    """`gabarit`: None when the original came back."""

    at: datetime
    auteur: str
    gabarit: Gabarit | None


def gabarit_in_force(cle: str) -> Gabarit | None:
    """What the ARS wrote last; None for the original."""
    row = VersionModele.objects.filter(cle=cle).first()
    return _gabarit(row) if row else None


def versions_of(cle: str) -> tuple[VersionLue, ...]:
    """The latest first."""
    rows = VersionModele.objects.filter(cle=cle)[:DERNIERES]
    return tuple(VersionLue(at=row.at, auteur=row.auteur, gabarit=_gabarit(row)) for row in rows)


def last_versions() -> dict[str, VersionLue]:
    """By `cle`, those that were ever changed."""
    rows = VersionModele.objects.order_by("at", "pk")
    return {row.cle: VersionLue(at=row.at, auteur=row.auteur, gabarit=_gabarit(row)) for row in rows}


def _gabarit(row: VersionModele) -> Gabarit | None:
    return Gabarit(sujet=row.sujet, texte=row.texte) if row.texte else None
