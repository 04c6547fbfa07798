"""The list of postes as pages show it: by service or by poste, counted, sorted, by pages."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Length

from gradin.data.postes.models import EtatPoste, Poste, Regime
from gradin.queries.pages import order_of
from gradin.queries.recherche.criteres import FiltrePostes
from gradin.queries.recherche.filtre import Trouvaille

TOUS = 100_000
LIBRE = Q(etat=EtatPoste.LIBRE)
ORDRE_SERVICE = ("service__etablissement__departement", "service__etablissement__cle_tri", "service__cle_tri")
ORDRE_NUMERO = (Length("numero"), "numero")
COLONNES: dict[str, tuple[Any, ...]] = {
    "etat": ("etat",),
    "numero": ORDRE_NUMERO,
    "departement": ("service__etablissement__departement",),
    "etablissement": ("service__etablissement__cle_tri",),
    "service": ("service__cle_tri",),
    "chef": ("service__chef",),
    "des": ("des__intitule",),
    "flechage": ("flechage",),
    "reserve": ("reserve", "des__intitule"),
    "groupe": (Length("groupe__code"), "groupe__code"),
    "regime": ("regime",),
    "type": ("type_poste",),
    "imotep": ("service__imotep",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PosteLu:
    numero: str
    etat: str
    des: str
    flechage: str
    reserve: str
    departement: str
    etablissement: str
    ville: str
    service: str
    chef: str
    imotep: str
    observations: str
    groupe: str
    regime: str
    type_poste: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceLu:
    pk: int
    imotep: str
    nom: str
    etablissement: str
    ville: str
    departement: str
    chef: str
    total: int
    libres: int
    postes: tuple[PosteLu, ...]

    @property
    def places(self) -> list[str]:
        return ["libre"] * self.libres + ["pourvu"] * (self.total - self.libres)


@dataclass(frozen=True, slots=True, kw_only=True)
class ComptePostes:
    postes: int
    libres: int
    services: int


def count_postes(trouvaille: Trouvaille) -> ComptePostes:
    compte = trouvaille.postes.aggregate(
        postes=Count("pk"), libres=Count("pk", filter=LIBRE), services=Count("service", distinct=True)
    )
    return ComptePostes(**compte)


def count_by_departement(trouvaille: Trouvaille) -> dict[str, tuple[int, int]]:
    """Code of the département: services, postes."""
    champ = "service__etablissement__departement"
    rows = (
        trouvaille.postes.values_list(champ)
        .annotate(services=Count("service", distinct=True), postes=Count("pk"))
        .order_by(champ)
    )
    return {code: (services, postes) for code, services, postes in rows}


def page_of_postes(trouvaille: Trouvaille, filtre: FiltrePostes, compte: ComptePostes) -> Page:
    """A page whose lines are `PosteLu`, sorted by the column asked for, then by place and numéro."""
    triees = _related(trouvaille.postes).order_by(*_order(filtre.tri))
    page = _paginate(triees, filtre, compte.postes)
    page.object_list = [_read_poste(poste) for poste in page.object_list]
    return page


def page_of_services(trouvaille: Trouvaille, filtre: FiltrePostes, compte: ComptePostes) -> Page:
    """A page whose lines are `ServiceLu`, by département, établissement, service."""
    page = _paginate(_services(trouvaille), filtre, compte.services)
    lignes = [ligne["service"] for ligne in page.object_list]
    postes = defaultdict(list)
    for poste in _related(trouvaille.postes.filter(service__in=lignes)).order_by(*ORDRE_NUMERO):
        postes[poste.service_id].append(poste)
    page.object_list = [_read_service(ligne, postes[ligne["service"]]) for ligne in page.object_list]
    return page


def _services(trouvaille: Trouvaille) -> QuerySet[Any]:
    return (
        trouvaille.postes.values("service", *ORDRE_SERVICE)
        .annotate(total=Count("pk"), libres=Count("pk", filter=LIBRE))
        .order_by(*ORDRE_SERVICE, "service")
    )


def _order(tri: str) -> tuple[Any, ...]:
    return (*order_of(tri, COLONNES, "etablissement"), *ORDRE_SERVICE, *ORDRE_NUMERO, "pk")


def _paginate(lignes: QuerySet[Any], filtre: FiltrePostes, total: int) -> Page:
    pages = Paginator(lignes, filtre.par_page or TOUS)
    # Counted already: grouping all the services again would cost as much as the page.
    pages.count = total
    return pages.get_page(filtre.page)


def _related(postes: QuerySet[Poste]) -> QuerySet[Poste]:
    return postes.select_related("service__etablissement", "des", "groupe")


def list_postes(trouvaille: Trouvaille, filtre: FiltrePostes) -> list[PosteLu]:
    """All of them, for a file or a sheet."""
    return [_read_poste(poste) for poste in _related(trouvaille.postes).order_by(*_order(filtre.tri))]


def _read_service(ligne: dict[str, Any], postes: Iterable[Poste]) -> ServiceLu:
    lus = [*postes]
    service = lus[0].service
    return ServiceLu(
        pk=service.pk,
        imotep=service.imotep,
        nom=service.nom,
        etablissement=service.etablissement.nom,
        ville=service.etablissement.ville,
        departement=service.etablissement.departement,
        chef=service.chef,
        total=ligne["total"],
        libres=ligne["libres"],
        postes=tuple(_read_poste(poste) for poste in lus),
    )


def _read_poste(poste: Poste) -> PosteLu:
    service = poste.service
    return PosteLu(
        numero=poste.numero,
        etat=poste.etat,
        des=poste.des.intitule,
        flechage=poste.flechage,
        reserve=_reserved_to(poste),
        departement=service.etablissement.departement,
        etablissement=service.etablissement.nom,
        ville=service.etablissement.ville,
        service=service.nom,
        chef=service.chef,
        imotep=service.imotep,
        observations=poste.observations,
        groupe=str(poste.groupe),
        regime=Regime(poste.regime).label,
        type_poste=poste.type_poste,
    )


def _reserved_to(poste: Poste) -> str:
    if not poste.reserve:
        return ""
    return ", ".join(poste.reserve_a) or poste.des.intitule
