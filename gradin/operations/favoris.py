"""An interne's own favourites in an amphi: written whole or by one gesture, in his order."""

from collections import Counter
from collections.abc import Sequence

from django.db import transaction

from gradin.data.amphis.models import Amphi, Favori
from gradin.data.internes.models import Inscription
from gradin.data.postes.models import Poste
from gradin.data.referentiel.models import Service
from gradin.domain.favoris import (
    FavoriInconnu,
    Geste,
    Souhait,
    group_favoris,
    list_souhaits,
    sort_by_service,
)
from gradin.queries.favoris import offerts_of, own_favoris

__all__ = ["MAXIMUM", "FavoriInconnu", "Souhait", "edit_favoris", "set_favoris"]

MAXIMUM = 2_000


@transaction.atomic
def set_favoris(amphi: Amphi, place: int, souhaits: Sequence[Souhait]) -> None:
    """Replaces the list of the owner of `place`, services kept together; FavoriInconnu changes nothing.

    What he keeps for another amphi of the semestre stays.
    """
    _write(amphi.pk, _lock(place), souhaits)


@transaction.atomic
def edit_favoris(amphi: int, place: int, geste: Geste) -> None:
    """One gesture on the list as it is now; two at once follow each other."""
    inscription = _lock(place)
    offerts = offerts_of(amphi)
    favoris = geste(group_favoris(own_favoris(inscription, amphi), offerts), offerts)
    _write(amphi, inscription, list_souhaits(favoris))


def _lock(place: int) -> int:
    inscription = Inscription.objects.filter(places=place).values_list("pk", flat=True).get()
    Inscription.objects.select_for_update(of=("self",), no_key=True).get(pk=inscription)
    return inscription


def _write(amphi: int, inscription: int, souhaits: Sequence[Souhait]) -> None:
    postes = {p.numero: p for p in Poste.objects.filter(amphis=amphi).select_related("service")}
    services = dict(Service.objects.filter(postes__amphis=amphi).values_list("imotep", "pk"))
    service_of = {numero: poste.service.imotep for numero, poste in postes.items()}
    _check_known(souhaits, {*postes}, {*services})
    favoris = [
        Favori(
            inscription_id=inscription,
            ordre=ordre,
            poste=postes[souhait.poste] if souhait.poste is not None else None,
            service_id=services[souhait.service] if souhait.service is not None else None,
        )
        for ordre, souhait in enumerate(sort_by_service(souhaits, service_of), start=1)
    ]
    anciens = Favori.objects.filter(inscription=inscription)
    anciens.filter(poste__in=postes.values()).delete()
    anciens.filter(service__in=services.values()).delete()
    Favori.objects.bulk_create(favoris)


def _check_known(souhaits: Sequence[Souhait], postes: set[str], services: set[str]) -> None:
    for souhait, fois in Counter(souhaits).items():
        if (souhait.poste is None) == (souhait.service is None):
            raise FavoriInconnu("un favori nomme un poste ou un service")
        if souhait.poste is not None and souhait.poste not in postes:
            raise FavoriInconnu(f"poste {souhait.poste}")
        if souhait.service is not None and souhait.service not in services:
            raise FavoriInconnu(f"service {souhait.service}")
        if fois > 1:
            raise FavoriInconnu(f"{souhait.poste or souhait.service} est nommé deux fois")
