"""One's own favourites in an amphi, as their owner reads them: nobody else does (rules.md §9)."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from gradin.data.amphis.models import EtatAmphi, Favori, Place, Statut
from gradin.data.postes.models import EtatPoste, Poste
from gradin.data.referentiel.models import Service
from gradin.domain.favoris import (
    Offerts,
    ServiceFavori,
    Souhait,
    group_favoris,
    open_favoris,
    postes_of,
)
from gradin.queries.public.amphis import etat_shown

MODIFIABLES = (EtatAmphi.OUVERT, EtatAmphi.EN_COURS, EtatAmphi.PAUSE)
LISIBLES = (*MODIFIABLES, EtatAmphi.CLOS)


@dataclass(frozen=True, slots=True, kw_only=True)
class PosteFavori:
    numero: str
    etat: str
    specialite: str
    flechage: str
    allocation: str
    reserve: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceLu:
    """One line of « Mes services favoris ». `autres`: postes offered there that are not in the list."""

    rang: int
    imotep: str
    nom: str
    etablissement: str
    chef: str
    entier: bool
    autres: int
    postes: tuple[PosteFavori, ...]

    @property
    def disponibles(self) -> int:
        return sum(poste.etat == EtatPoste.LIBRE for poste in self.postes)


@dataclass(frozen=True, slots=True, kw_only=True)
class FavorisLus:
    """`numeros` and `entiers`: what wears a full star in the list of postes."""

    services: tuple[ServiceLu, ...]
    numeros: frozenset[str]
    entiers: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Acces:
    """My place in this amphi; whether its favourites may be read, and changed; whether I have chosen."""

    place: int
    semestre: str
    lisibles: bool
    modifiables: bool
    choisi: bool


def own_place(interne: int, amphi: int, maintenant: datetime) -> Acces:
    place = Place.objects.select_related("amphi__semestre").get(inscription__interne=interne, amphi=amphi)
    etat = etat_shown(place.amphi, maintenant)
    return Acces(
        place=place.pk,
        semestre=place.amphi.semestre.code,
        lisibles=etat in LISIBLES,
        modifiables=etat in MODIFIABLES,
        choisi=place.statut == Statut.A_CHOISI,
    )


def own_favoris(inscription: int, amphi: int) -> tuple[Souhait, ...]:
    """In the owner's order; what he keeps for another amphi is left out."""
    postes = Poste.objects.filter(amphis=amphi)
    services = Service.objects.filter(postes__amphis=amphi)
    rows = Favori.objects.filter(
        Q(poste__in=postes.values("pk")) | Q(service__in=services.values("pk")), inscription=inscription
    )
    lus = rows.order_by("ordre", "pk").values_list("poste__numero", "service__imotep")
    return tuple(Souhait(poste=poste, service=service) for poste, service in lus)


def own_numeros(interne: int, amphi: int) -> tuple[str, ...]:
    """The postes in the owner's order, services opened: what the page without JavaScript lists."""
    inscription = Place.objects.values_list("inscription", flat=True).get(
        inscription__interne=interne, amphi=amphi
    )
    return open_favoris(own_favoris(inscription, amphi), offerts_of(amphi))


def offerts_of(amphi: int) -> Offerts:
    """A poste withdrawn is no longer offered."""
    rows = Poste.objects.filter(amphis=amphi).exclude(etat=EtatPoste.RETIRE)
    offerts: dict[str, list[str]] = defaultdict(list)
    for imotep, numero in rows.values_list("service__imotep", "numero"):
        offerts[imotep].append(numero)
    return {imotep: tuple(numeros) for imotep, numeros in offerts.items()}


def read_favoris_of(place: int) -> FavorisLus:
    """The owner's list with the state of each poste as it is now."""
    inscription, amphi = Place.objects.values_list("inscription", "amphi").get(pk=place)
    offerts = offerts_of(amphi)
    favoris = group_favoris(own_favoris(inscription, amphi), offerts)
    ouverts = {favori.service: postes_of(favori, offerts) for favori in favoris}
    postes = _postes(amphi, [*ouverts])
    services = {
        service.imotep: service
        for service in Service.objects.filter(imotep__in=[*ouverts]).select_related("etablissement")
    }
    return FavorisLus(
        services=tuple(
            _read(
                rang, favori, services[favori.service], [postes[n] for n in ouverts[favori.service]], offerts
            )
            for rang, favori in enumerate(favoris, start=1)
        ),
        numeros=frozenset(numero for numeros in ouverts.values() for numero in numeros),
        entiers=frozenset(favori.service for favori in favoris if favori.entier),
    )


def _postes(amphi: int, services: list[str]) -> Mapping[str, PosteFavori]:
    rows = Poste.objects.filter(amphis=amphi, service__imotep__in=services).select_related("des")
    return {
        poste.numero: PosteFavori(
            numero=poste.numero,
            etat=poste.etat,
            specialite=str(poste.des),
            flechage=poste.flechage,
            allocation=poste.allocation,
            reserve=(", ".join(poste.reserve_a) or poste.des.intitule) if poste.reserve else "",
        )
        for poste in rows
    }


def _read(
    rang: int, favori: ServiceFavori, service: Service, postes: list[PosteFavori], offerts: Offerts
) -> ServiceLu:
    return ServiceLu(
        rang=rang,
        imotep=service.imotep,
        nom=service.nom,
        etablissement=service.etablissement.nom,
        chef=service.chef,
        entier=favori.entier,
        autres=len(offerts[service.imotep]) - len(postes),
        postes=tuple(postes),
    )
