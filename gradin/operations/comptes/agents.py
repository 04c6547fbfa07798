"""ARS accounts: an agent, the scope of what he sees, and his first password."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from gradin.data.comptes.models import Compte, Portee, Role
from gradin.data.referentiel.models import Groupe, Subdivision


class PorteeInconnue(ValueError):
    """The scope names a subdivision or a groupe that the referential does not hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PorteeDemandee:
    """A subdivision, or only some groupes of it (codes)."""

    subdivision: str
    groupes: tuple[str, ...] = ()


def parse_portee(texte: str) -> PorteeDemandee:
    """`LYON` or `LYON:3,8`."""
    subdivision, _, groupes = texte.partition(":")
    codes = tuple(code.strip() for code in groupes.split(",") if code.strip())
    return PorteeDemandee(subdivision=subdivision.strip(), groupes=codes)


@transaction.atomic
def create_agent(
    *,
    courriel: str,
    mot_de_passe: str,
    portees: Sequence[PorteeDemandee],
    maintenant: datetime,
    nom: str = "",
) -> Compte:
    """A new agent, or the same one with this scope and this password when the account exists."""
    compte = Compte.objects.filter(email=courriel.strip().lower()).first()
    if compte is None:
        compte = Compte(email=courriel.strip().lower(), created_at=maintenant)
    compte.role = Role.AGENT
    compte.nom_affiche = nom or compte.nom_affiche
    compte.set_password(mot_de_passe)
    compte.save()
    set_portees(compte, portees)
    return compte


def set_portees(compte: Compte, portees: Sequence[PorteeDemandee]) -> None:
    Portee.objects.filter(compte=compte).delete()
    for portee in portees:
        subdivision = _subdivision(portee.subdivision)
        groupes: list[Groupe | None] = [_groupe(code) for code in portee.groupes]
        Portee.objects.bulk_create(
            Portee(compte=compte, subdivision=subdivision, groupe=groupe) for groupe in groupes or [None]
        )


def _subdivision(code: str) -> Subdivision:
    subdivision = Subdivision.objects.filter(code__iexact=code).first()
    if subdivision is None:
        connues = ", ".join(Subdivision.objects.values_list("code", flat=True)) or "aucune"
        raise PorteeInconnue(f"Subdivision inconnue : {code}. Connues : {connues}.")
    return subdivision


def _groupe(code: str) -> Groupe:
    groupe = Groupe.objects.filter(code__iexact=code).first()
    if groupe is None:
        raise PorteeInconnue(f"Groupe inconnu : {code}.")
    return groupe
