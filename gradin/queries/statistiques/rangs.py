"""How far each service went, semester after semester: one line a service and call list."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, F, Max, Q

from gradin.data.amphis.models import EtatAmphi, Place
from gradin.data.internes.models import Phase, TypeChoix
from gradin.data.referentiel.models import Groupe, Service
from gradin.queries.statistiques.filtre import FiltreStatistiques, amphis_of, brought_of, offered_of
from gradin.queries.visiteurs import Visiteur

# service, groupe, phase: ranks of two call lists cannot be compared.
Cle = tuple[int, int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rang:
    """`rang` of the last who chose there, None when nobody did; `restants`: postes that nobody took."""

    rang: int | None
    restants: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneService:
    """`rangs`: one a semestre of the filter, None where the service offered nothing."""

    service: str
    etablissement: str
    imotep: str
    groupe: str
    phase: str
    rangs: tuple[Rang | None, ...]


def list_services(agent: Visiteur, filtre: FiltreStatistiques, q: str = "") -> list[LigneService]:
    """By établissement and service; `q`: folded words of the service to look for."""
    rangs: dict[Cle, dict[str, Rang]] = defaultdict(dict)
    for code, *cle, rang in (*_brought(agent, filtre), *_here(agent, filtre)):
        rangs[tuple(cle)][code] = rang  # type: ignore[index]
    services = _services((service for service, _, _ in rangs), q)
    groupes = dict(Groupe.objects.values_list("pk", "nom"))
    connus = [cle for cle in rangs if cle[0] in services]
    connus.sort(key=lambda cle: (services[cle[0]].cle_tri, groupes[cle[1]], cle[2]))
    return [
        LigneService(
            service=services[service].nom,
            etablissement=services[service].etablissement.nom,
            imotep=services[service].imotep,
            groupe=groupes[groupe],
            phase=str(Phase(phase).label),
            rangs=tuple(rangs[service, groupe, phase].get(code) for code in filtre.semestres),
        )
        for service, groupe, phase in connus
    ]


def _services(pks: Iterable[int], q: str) -> Mapping[int, Service]:
    voulus = {*pks}
    rows = Service.objects.select_related("etablissement")
    for mot in q.split():
        rows = rows.filter(recherche__contains=mot)
    return {row.pk: row for row in rows if row.pk in voulus}


def _brought(agent: Visiteur, filtre: FiltreStatistiques) -> Iterable[tuple]:
    rows = brought_of(agent, filtre).order_by()
    for code, service, groupe, phase, rang, offerts, pourvus in rows.values_list(
        "semestre__code", "service", "groupe", "phase", "rang", "offerts", "pourvus"
    ):
        yield code, service, groupe, phase, Rang(rang=rang, restants=offerts - pourvus)


def _here(agent: Visiteur, filtre: FiltreStatistiques) -> Iterable[tuple]:
    """Closed amphis: only then is the last rank the last. Surnombres take nothing from who comes after."""
    cle = ("amphi__semestre__code", "poste__service", "amphi__groupe", "amphi__phase")
    offres = offered_of(agent, filtre).filter(amphi__etat=EtatAmphi.CLOS).values_list(*cle, "amphi")
    pris = _last(agent, filtre)
    tenus = Q(poste__affectations__annulee=False, poste__affectations__type_choix=TypeChoix.CLASSIQUE)
    for code, service, groupe, phase, amphi, offerts, gardes in offres.annotate(
        offerts=Count("poste", distinct=True), gardes=Count("poste", distinct=True, filter=tenus)
    ):
        yield code, service, groupe, phase, Rang(rang=pris.get((amphi, service)), restants=offerts - gardes)


def _last(agent: Visiteur, filtre: FiltreStatistiques) -> dict[tuple[int, int], int]:
    """(amphi, service) to the highest rank of a classique who chose there."""
    choix = "inscription__interne__affectations"
    rows = Place.objects.filter(
        amphi__in=amphis_of(agent, filtre).filter(etat=EtatAmphi.CLOS),
        **{
            f"{choix}__amphi": F("amphi"),
            f"{choix}__annulee": False,
            f"{choix}__type_choix": TypeChoix.CLASSIQUE,
        },
    )
    return {
        (amphi, service): dernier
        for amphi, service, dernier in rows.order_by()
        .values_list("amphi", f"{choix}__poste__service")
        .annotate(dernier=Max("rang"))
        if dernier is not None
    }
