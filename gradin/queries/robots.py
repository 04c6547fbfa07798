"""Who plays in a rehearsal: the accounts behind the places of an amphi, and which of them a human uses."""

from dataclasses import dataclass

from allauth.usersessions.models import UserSession
from django.db.models import Q

from gradin.data.amphis.models import Amphi, Place
from gradin.data.comptes.models import Portee, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Joueur:
    """One interne of the list who has an account. `numero` is None before the start."""

    compte: int
    courriel: str
    numero: int | None
    rang: int | None
    des: str


def joueurs_of(amphi: int) -> tuple[Joueur, ...]:
    rows = (
        Place.objects.filter(amphi=amphi, inscription__interne__compte__is_active=True)
        .order_by("rang")
        .values_list(
            "inscription__interne__compte",
            "inscription__interne__compte__email",
            "numero",
            "rang",
            "inscription__des__code_des",
        )
    )
    return tuple(
        Joueur(compte=compte, courriel=courriel, numero=numero, rang=rang, des=des)
        for compte, courriel, numero, rang, des in rows
    )


def humains_of(amphi: int) -> frozenset[int]:
    """Accounts of the list with a browser signed in: robots only carry tokens."""
    sessions = UserSession.objects.filter(user__interne__inscriptions__places__amphi=amphi)
    return frozenset(sessions.values_list("user_id", flat=True))


def agent_for(amphi: int) -> int | None:
    """An active agent whose scope holds this amphi."""
    row = Amphi.objects.get(pk=amphi)
    portees = Portee.objects.filter(
        Q(groupe=None, formation="") | Q(groupe=row.groupe_id),
        subdivision=row.subdivision_id,
        compte__is_active=True,
        compte__role__in=(Role.AGENT, Role.ADMINISTRATEUR),
    )
    return portees.order_by("compte").values_list("compte", flat=True).first()
