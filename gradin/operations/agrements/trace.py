"""The line that every act on agréments leaves."""

from typing import Any

from gradin.data.agrements.models import ActeAgrement, CampagneAgrement, DemandeAgrement


def record(
    subdivision: int,
    acte: str,
    auteur: int | None,
    maintenant: int,
    campagne: CampagneAgrement | None = None,
    demande: DemandeAgrement | None = None,
    **details: Any,
) -> None:
    """`auteur`: an account, None for a head of service by his link, or the platform."""
    ActeAgrement.objects.create(
        subdivision_id=subdivision,
        campagne=campagne,
        demande=demande,
        acte=acte,
        details=details,
        auteur_id=auteur,
        a=maintenant,
    )
