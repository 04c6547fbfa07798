"""The fiche of a choice: the six lines of the manual, for the page, the API and the mail."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Fiche:
    """Plain texts of one poste; `flechage` and `chef` may be empty."""

    specialite: str
    etablissement: str
    service: str
    chef: str
    numero: str
    reserve: bool
    flechage: str


def lignes_of(fiche: Fiche) -> tuple[tuple[str, str], ...]:
    """(label, value), always six and always in the manual's order."""
    numero = f"{fiche.numero} - Réservé" if fiche.reserve else fiche.numero
    return (
        ("Spécialité", fiche.specialite),
        ("Établissement", fiche.etablissement),
        ("Service", fiche.service),
        ("Chef de service", fiche.chef),
        ("N° poste", numero),
        ("Fléchage", fiche.flechage),
    )
