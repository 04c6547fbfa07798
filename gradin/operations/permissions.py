"""Who may: the one place that decides it, nothing by default (in which state: the engine)."""

from dataclasses import dataclass
from enum import StrEnum

from gradin.data.amphis.models import Amphi, Place
from gradin.queries.visiteurs import Visiteur


class Interdit(Exception):
    """This visitor may not; `absent` when he may not even know that the object exists."""

    def __init__(self, message: str, *, absent: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.absent = absent


class Audience(StrEnum):
    """Which projection of an amphi somebody reads (amphi.md §5)."""

    PUBLIC = "public"
    AMPHI = "amphi"
    REGIE = "regie"


@dataclass(frozen=True, slots=True, kw_only=True)
class Acces:
    """What one visitor is in one amphi: his audience and, when he is on the list, his place."""

    audience: Audience
    place: int | None = None
    numero: int | None = None


def acces(visiteur: Visiteur, amphi: Amphi) -> Acces:
    if can_run_amphi(visiteur, amphi):
        return Acces(audience=Audience.REGIE)
    place = _own_place(visiteur, amphi)
    if place is not None:
        return Acces(audience=Audience.AMPHI, place=place.pk, numero=place.numero)
    return Acces(audience=Audience.PUBLIC)


def _own_place(visiteur: Visiteur, amphi: Amphi) -> Place | None:
    if visiteur.interne is None:
        return None
    return Place.objects.filter(amphi=amphi, inscription__interne=visiteur.interne).first()


def can_run_amphi(visiteur: Visiteur, amphi: Amphi) -> bool:
    """An agent runs the amphis of his scope: the subdivision, or one groupe of it."""
    if not visiteur.is_agent:
        return False
    return bool({(amphi.subdivision_id, None), (amphi.subdivision_id, amphi.groupe_id)} & visiteur.portees)


def check_can_run_amphi(visiteur: Visiteur, amphi: Amphi) -> None:
    """For an agent outside his scope the amphi's régie does not exist; for others it is forbidden."""
    if can_run_amphi(visiteur, amphi):
        return
    raise Interdit("Cette page est réservée à l'ARS.", absent=visiteur.is_agent)


def check_is_agent(visiteur: Visiteur) -> None:
    if not visiteur.is_agent:
        raise Interdit("Cette page est réservée à l'ARS.")
