"""Who asks: a plain value that permissions judge, read once per request."""

from dataclasses import dataclass, field

from gradin.data.comptes.models import Compte, Role
from gradin.data.internes.models import Interne


@dataclass(frozen=True, slots=True, kw_only=True)
class Visiteur:
    """`portees` are (subdivision id, groupe id or None for all its groupes)."""

    compte: int | None = None
    courriel: str = ""
    nom: str = ""
    role: str = ""
    interne: int | None = None
    portees: frozenset[tuple[int, int | None]] = field(default_factory=frozenset)

    @property
    def is_agent(self) -> bool:
        return self.role in (Role.AGENT, Role.ADMINISTRATEUR)


ANONYME = Visiteur()


def visiteur_of(compte: Compte | object) -> Visiteur:
    """An anonymous or inactive account is nobody."""
    if not isinstance(compte, Compte) or not compte.is_active:
        return ANONYME
    interne = next(iter(Interne.objects.filter(compte=compte).only("id", "prenom", "nom")[:1]), None)
    return Visiteur(
        compte=compte.pk,
        courriel=compte.email,
        nom=compte.nom_affiche or (str(interne) if interne else compte.email),
        role=compte.role,
        interne=interne.pk if interne else None,
        portees=_portees(compte),
    )


def _portees(compte: Compte) -> frozenset[tuple[int, int | None]]:
    """Internes have none, and they are thousands: they are not asked for."""
    if compte.role == Role.INTERNE:
        return frozenset()
    return frozenset(compte.portees.values_list("subdivision_id", "groupe_id"))
