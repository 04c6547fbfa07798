"""An interne's own favourites in an amphi: written whole, in his order."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from gradin.data.amphis.models import Amphi, Favori, Place
from gradin.data.postes.models import Poste
from gradin.data.referentiel.models import Service

MAXIMUM = 2_000


class FavoriInconnu(ValueError):
    """A poste or a service that this amphi does not offer, or named twice. `quoi` names it."""

    def __init__(self, quoi: str) -> None:
        super().__init__(quoi)
        self.quoi = quoi


@dataclass(frozen=True, slots=True, kw_only=True)
class Souhait:
    """Exactly one of the two: a numéro or an IMOTEP."""

    poste: str | None = None
    service: str | None = None


@transaction.atomic
def set_favoris(amphi: Amphi, place: int, souhaits: Sequence[Souhait]) -> None:
    """Replaces the list of the owner of `place`; raises FavoriInconnu and changes nothing."""
    inscription = Place.objects.values_list("inscription", flat=True).get(pk=place)
    postes = dict(Poste.objects.filter(amphis=amphi.pk).values_list("numero", "pk"))
    services = dict(Service.objects.filter(postes__amphis=amphi.pk).values_list("imotep", "pk"))
    favoris = [
        Favori(inscription_id=inscription, ordre=ordre, **_target(souhait, postes, services))
        for ordre, souhait in enumerate(souhaits, start=1)
    ]
    _check_once(souhaits)
    Favori.objects.filter(inscription=inscription).delete()
    Favori.objects.bulk_create(favoris)


def _target(souhait: Souhait, postes: dict[str, int], services: dict[str, int]) -> dict[str, int]:
    if (souhait.poste is None) == (souhait.service is None):
        raise FavoriInconnu("un favori nomme un poste ou un service")
    if souhait.poste is not None:
        if souhait.poste not in postes:
            raise FavoriInconnu(f"poste {souhait.poste}")
        return {"poste_id": postes[souhait.poste]}
    if souhait.service not in services:
        raise FavoriInconnu(f"service {souhait.service}")
    return {"service_id": services[souhait.service]}


def _check_once(souhaits: Sequence[Souhait]) -> None:
    vus = set()
    for souhait in souhaits:
        if souhait in vus:
            raise FavoriInconnu(f"{souhait.poste or souhait.service} est nommé deux fois")
        vus.add(souhait)
