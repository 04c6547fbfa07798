"""The public list of postes: by service or by poste, searched, filtered, sorted, by pages."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Length

from gradin.data.postes.models import EtatPoste, Poste, Regime
from gradin.data.referentiel.models import Groupe
from gradin.queries.public.semestres import SemestreLu
from gradin.queries.public.textes import words_in

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
class FiltrePostes:
    """`etat`: "", pourvu or libre. `tri`: a column, with - in front to turn it round."""

    q: str = ""
    etat: str = ""
    groupe: str = ""
    tri: str = "etablissement"
    page: int = 1
    par_page: int = 30


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
    groupe: str
    regime: str
    type_poste: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceLu:
    pk: int
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


def count_postes(semestre: SemestreLu, filtre: FiltrePostes) -> ComptePostes:
    compte = _matching(semestre, filtre).aggregate(
        postes=Count("pk"), libres=Count("pk", filter=LIBRE), services=Count("service", distinct=True)
    )
    return ComptePostes(**compte)


def count_by_departement(semestre: SemestreLu, filtre: FiltrePostes) -> dict[str, tuple[int, int]]:
    """Code of the département: services, postes."""
    champ = "service__etablissement__departement"
    rows = (
        _matching(semestre, filtre)
        .values_list(champ)
        .annotate(services=Count("service", distinct=True), postes=Count("pk"))
        .order_by(champ)
    )
    return {code: (services, postes) for code, services, postes in rows}


def groupes_offered(semestre: SemestreLu) -> list[tuple[str, str]]:
    """(code, name) of the groupes that have postes, in the order of the codes."""
    rows = Groupe.objects.filter(postes__semestre=semestre.pk).distinct()
    return [(g.code, str(g)) for g in rows.order_by(Length("code"), "code")]


def page_of_postes(semestre: SemestreLu, filtre: FiltrePostes) -> Page:
    """A page whose lines are `PosteLu`, sorted by the column asked for, then by place and numéro."""
    triees = _related(_matching(semestre, filtre)).order_by(*_order(filtre.tri))
    page = _paginate(triees, filtre)
    page.object_list = [_read_poste(poste) for poste in page.object_list]
    return page


def page_of_services(semestre: SemestreLu, filtre: FiltrePostes) -> Page:
    """A page whose lines are `ServiceLu`, by département, établissement, service."""
    page = _paginate(_services(semestre, filtre), filtre)
    lignes = [ligne["service"] for ligne in page.object_list]
    postes = defaultdict(list)
    for poste in _related(_matching(semestre, filtre).filter(service__in=lignes)).order_by(*ORDRE_NUMERO):
        postes[poste.service_id].append(poste)
    page.object_list = [_read_service(ligne, postes[ligne["service"]]) for ligne in page.object_list]
    return page


def _matching(semestre: SemestreLu, filtre: FiltrePostes) -> QuerySet[Poste]:
    postes = Poste.objects.filter(semestre=semestre.pk).exclude(etat=EtatPoste.RETIRE)
    if filtre.etat in (EtatPoste.LIBRE, EtatPoste.POURVU):
        postes = postes.filter(etat=filtre.etat)
    if filtre.groupe:
        postes = postes.filter(groupe__code=filtre.groupe)
    return postes.filter(words_in("recherche", filtre.q))


def _services(semestre: SemestreLu, filtre: FiltrePostes) -> QuerySet[Any]:
    return (
        _matching(semestre, filtre)
        .values("service", *ORDRE_SERVICE)
        .annotate(total=Count("pk"), libres=Count("pk", filter=LIBRE))
        .order_by(*ORDRE_SERVICE, "service")
    )


def _order(tri: str) -> tuple[Any, ...]:
    colonne = tri.removeprefix("-")
    champs = COLONNES.get(colonne, COLONNES["etablissement"])
    if tri.startswith("-"):
        champs = tuple(f"-{champ}" if isinstance(champ, str) else champ.desc() for champ in champs)
    return (*champs, *ORDRE_SERVICE, *ORDRE_NUMERO)


def _paginate(lignes: QuerySet[Any], filtre: FiltrePostes) -> Page:
    return Paginator(lignes, filtre.par_page).get_page(filtre.page)


def _related(postes: QuerySet[Poste]) -> QuerySet[Poste]:
    return postes.select_related("service__etablissement", "des", "groupe")


def _read_service(ligne: dict[str, Any], postes: Iterable[Poste]) -> ServiceLu:
    lus = [*postes]
    service = lus[0].service
    return ServiceLu(
        pk=service.pk,
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
        groupe=str(poste.groupe),
        regime=Regime(poste.regime).label,
        type_poste=poste.type_poste,
    )


def _reserved_to(poste: Poste) -> str:
    if not poste.reserve:
        return ""
    return ", ".join(poste.reserve_a) or poste.des.intitule
