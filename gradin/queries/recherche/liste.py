"""The list of postes as pages show it: by service or by poste, counted, sorted, by pages."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Length

from gradin.data.postes.models import EtatPoste, Poste, Regime
from gradin.data.referentiel.models import Service
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
    allocation: str


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


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneService:
    """One service found: how many postes of it, how many of them free."""

    pk: int
    departement: str
    total: int
    libres: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicesTrouves:
    """All of them, in order; the figures of the page follow."""

    lignes: tuple[LigneService, ...]

    @property
    def compte(self) -> ComptePostes:
        return ComptePostes(
            postes=sum(ligne.total for ligne in self.lignes),
            libres=sum(ligne.libres for ligne in self.lignes),
            services=len(self.lignes),
        )

    @property
    def par_departement(self) -> dict[str, tuple[int, int]]:
        """Code of the département: services, postes."""
        comptes: dict[str, tuple[int, int]] = {}
        for ligne in self.lignes:
            services, postes = comptes.get(ligne.departement, (0, 0))
            comptes[ligne.departement] = (services + 1, postes + ligne.total)
        return comptes


def count_postes(trouvaille: Trouvaille) -> ComptePostes:
    compte = trouvaille.postes.aggregate(
        postes=Count("pk"), libres=Count("pk", filter=LIBRE), services=Count("service", distinct=True)
    )
    return ComptePostes(**compte)


def list_services(trouvaille: Trouvaille) -> ServicesTrouves:
    """Grouped by a number, then put in order: grouping by the texts of the order costs three times more."""
    groupes = trouvaille.postes.order_by().values_list("service")
    comptes = {
        pk: (total, libres)
        for pk, total, libres in groupes.annotate(total=Count("pk"), libres=Count("pk", filter=LIBRE))
    }
    rangees = Service.objects.order_by(
        "etablissement__departement", "etablissement__cle_tri", "cle_tri", "pk"
    )
    return ServicesTrouves(
        lignes=tuple(
            LigneService(pk=pk, departement=departement, total=comptes[pk][0], libres=comptes[pk][1])
            for pk, departement in rangees.values_list("pk", "etablissement__departement")
            if pk in comptes
        )
    )


def page_of_postes(trouvaille: Trouvaille, filtre: FiltrePostes, compte: ComptePostes) -> Page:
    """A page whose lines are `PosteLu`, sorted by the column asked for, then by place and numéro."""
    # Keys alone are sorted, then the lines of the page are read: a sort carries all that it selects.
    triees = trouvaille.postes.order_by(*_order(filtre.tri)).values_list("pk", flat=True)
    page = _paginate(triees, filtre, compte.postes)
    cles = [*page.object_list]
    lus = _related(Poste.objects.all()).in_bulk(cles) if filtre.par_page else _all_of(trouvaille)
    page.object_list = [_read_poste(lus[cle]) for cle in cles]
    return page


def _all_of(trouvaille: Trouvaille) -> dict[int, Poste]:
    """Thousands of keys are no question to ask."""
    return {poste.pk: poste for poste in _related(trouvaille.postes)}


def page_of_services(trouves: ServicesTrouves, trouvaille: Trouvaille, filtre: FiltrePostes) -> Page:
    """A page whose lines are `ServiceLu`, by département, établissement, service."""
    page = _paginate(trouves.lignes, filtre, len(trouves.lignes))
    lignes = [*page.object_list]
    rows = _related(trouvaille.postes)
    if filtre.par_page:
        rows = rows.filter(service__in=[ligne.pk for ligne in lignes])
    postes = defaultdict(list)
    for poste in rows.order_by(*ORDRE_NUMERO):
        postes[poste.service_id].append(poste)
    page.object_list = [_read_service(ligne, postes[ligne.pk]) for ligne in lignes]
    return page


def _order(tri: str) -> tuple[Any, ...]:
    return (*order_of(tri, COLONNES, "etablissement"), *ORDRE_SERVICE, *ORDRE_NUMERO, "pk")


def _paginate(lignes: QuerySet[Any] | tuple[Any, ...], filtre: FiltrePostes, total: int) -> Page:
    pages = Paginator(lignes, filtre.par_page or TOUS)
    # Counted already: counting again would cost as much as the page.
    pages.count = total
    return pages.get_page(filtre.page)


def _related(postes: QuerySet[Poste]) -> QuerySet[Poste]:
    return postes.select_related("service__etablissement", "des", "groupe")


def list_postes(trouvaille: Trouvaille, filtre: FiltrePostes) -> list[PosteLu]:
    """All of them, for a file or a sheet."""
    return [_read_poste(poste) for poste in _related(trouvaille.postes).order_by(*_order(filtre.tri))]


def _read_service(ligne: LigneService, postes: Iterable[Poste]) -> ServiceLu:
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
        total=ligne.total,
        libres=ligne.libres,
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
        allocation=poste.allocation,
    )


def _reserved_to(poste: Poste) -> str:
    if not poste.reserve:
        return ""
    return ", ".join(poste.reserve_a) or poste.des.intitule
