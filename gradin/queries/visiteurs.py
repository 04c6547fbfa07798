"""Who asks: a plain value that permissions judge, read once per request."""

from dataclasses import dataclass, field

from gradin.data.comptes.models import Compte, Portee, Role
from gradin.data.internes.models import Interne
from gradin.data.referentiel.models import Groupe, Subdivision

Couples = frozenset[tuple[int, int | None]]
ARS = (Role.AGENT, Role.ADMINISTRATEUR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visiteur:
    """`portees`: what the ARS's agent runs, (subdivision id, groupe id or None for all its groupes).

    `suivis`: the same, for a representative who reads.
    """

    compte: int | None = None
    courriel: str = ""
    nom: str = ""
    role: str = ""
    interne: int | None = None
    portees: Couples = field(default_factory=frozenset)
    suivis: Couples = field(default_factory=frozenset)

    @property
    def is_agent(self) -> bool:
        return self.role in ARS


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
        suivis=_couples(compte) if compte.role == Role.REPRESENTANT else frozenset(),
    )


def _portees(compte: Compte) -> Couples:
    """Internes have none, and they are thousands: they are not asked for."""
    if compte.role == Role.ADMINISTRATEUR:
        return frozenset((pk, None) for pk in Subdivision.objects.values_list("pk", flat=True))
    return _couples(compte) if compte.role == Role.AGENT else frozenset()


def _couples(compte: Compte) -> Couples:
    """A formation is its groupes. What is narrowed by UFR, DES, établissement or service runs no amphi."""
    rows = Portee.objects.filter(compte=compte, ufr=None, specialite=None, etablissement=None, service=None)
    couples: set[tuple[int, int | None]] = set()
    for subdivision, groupe, formation in rows.values_list("subdivision", "groupe", "formation"):
        if formation and groupe is None:
            groupes = Groupe.objects.filter(formation=formation).values_list("pk", flat=True)
            couples |= {(subdivision, pk) for pk in groupes}
        else:
            couples.add((subdivision, groupe))
    return frozenset(couples)
