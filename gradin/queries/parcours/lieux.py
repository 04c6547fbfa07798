"""The semestres of an agent's scope, subdivision by subdivision: what his pages of the parcours look at."""

from __future__ import annotations

from dataclasses import dataclass

from gradin.data.internes.models import Inscription
from gradin.domain.rang.semestre import parse_semestre
from gradin.queries.roster.portee import scope_of
from gradin.queries.visiteurs import Visiteur


@dataclass(frozen=True, slots=True, kw_only=True)
class LieuOuvert:
    """`cle`: in addresses, « 2027-05/LYON »."""

    cle: str
    semestre: int
    subdivision: int
    libelle: str
    nom: str
    fuseau: str


def list_lieux(agent: Visiteur) -> tuple[LieuOuvert, ...]:
    """The latest semestre first."""
    rows = Inscription.objects.filter(scope_of(agent)).order_by("-semestre__code", "subdivision__code")
    lus = rows.values_list(
        "semestre",
        "semestre__code",
        "subdivision",
        "subdivision__code",
        "subdivision__nom",
        "subdivision__fuseau",
    ).distinct()
    return tuple(
        LieuOuvert(
            cle=f"{semestre}/{sub_code}",
            semestre=pk,
            subdivision=sub,
            libelle=parse_semestre(semestre).libelle,
            nom=nom,
            fuseau=fuseau,
        )
        for pk, semestre, sub, sub_code, nom, fuseau in lus
    )
