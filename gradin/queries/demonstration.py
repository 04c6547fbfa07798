"""The accounts that the « Démonstration » banner offers, when the demonstration is loaded."""

from dataclasses import dataclass

from gradin.data.comptes.models import Compte


@dataclass(frozen=True, slots=True, kw_only=True)
class CompteDemonstration:
    cle: str
    courriel: str
    nom: str
    role: str


# The people of the demonstration file that one click signs in as.
OFFERTS = (
    CompteDemonstration(
        cle="interne-bientot",
        courriel="camille.lhermite@exemple.fr",
        nom="Camille L'Hermite",
        role="interne, bientôt son tour",
    ),
    CompteDemonstration(cle="interne", courriel="", nom="", role="interne, plus tard dans la liste"),
    CompteDemonstration(cle="agent", courriel="agent@gradin.demo", nom="Dominique Arnal", role="ARS, régie"),
)


def comptes_demonstration() -> tuple[CompteDemonstration, ...]:
    """Those whose account exists: none outside the demonstration."""
    courriels = [offert.courriel for offert in OFFERTS]
    presents = set(Compte.objects.filter(email__in=courriels, is_active=True).values_list("email", flat=True))
    return tuple(offert for offert in OFFERTS if offert.courriel in presents)


def compte_of_demonstration(cle: str) -> Compte | None:
    courriel = next((offert.courriel for offert in OFFERTS if offert.cle == cle), "")
    return Compte.objects.filter(email=courriel, is_active=True).first()
