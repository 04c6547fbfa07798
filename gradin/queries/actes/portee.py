"""The scope of an agent as a condition, wherever a subdivision and a groupe stand in a row."""

from django.db.models import Q

from gradin.data.comptes.models import Compte, Role
from gradin.queries.visiteurs import Visiteur


def scope_at(visiteur: Visiteur, chemin: str, groupe: str = "groupe") -> Q:
    """`chemin`: what leads to `subdivision` and to `groupe`, ending with `__` when it is not empty."""
    dans = Q(pk__in=())
    for subdivision, pk in visiteur.portees if visiteur.is_agent else ():
        ici = Q(**{f"{chemin}subdivision": subdivision})
        dans |= ici if pk is None else ici & Q(**{f"{chemin}{groupe}": pk})
    return dans


def whole_at(visiteur: Visiteur, champ: str) -> Q:
    """What belongs to a whole subdivision, for who holds all of it."""
    entieres = [subdivision for subdivision, groupe in visiteur.portees if groupe is None]
    return Q(**{f"{champ}__in": entieres})


def by_agents(champ: str) -> Q:
    """Addresses of those who act for the ARS or with it: an interne's own changes are no acts."""
    return Q(**{f"{champ}__in": Compte.objects.exclude(role=Role.INTERNE).values("email")})
