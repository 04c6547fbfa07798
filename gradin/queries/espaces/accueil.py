"""The first page of a partner: what is his, how far his amphis are, whose names are not said yet."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Count

from gradin.data.amphis.models import Amphi, EtatAmphi, Place
from gradin.data.postes.models import EtatPoste
from gradin.queries.espaces import listes
from gradin.queries.espaces.perimetre import Perimetre
from gradin.queries.public.amphis import AmphiLu, FiltreAmphis, list_amphis, names_are_public
from gradin.queries.public.semestres import SemestreLu

FIN_DES_TEMPS = datetime.max.replace(tzinfo=UTC)
COMMENCES = (EtatAmphi.EN_COURS, EtatAmphi.PAUSE)


@dataclass(frozen=True, slots=True, kw_only=True)
class AmphiSuivi:
    """`siens`: his own internes on the list."""

    amphi: AmphiLu
    siens: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bilan:
    """`caches`: amphis that run and name nobody before their close."""

    internes: int
    postes: int
    libres: int
    arrivees: int
    amphis: tuple[AmphiSuivi, ...]
    caches: tuple[str, ...]


def read_bilan(perimetre: Perimetre, semestre: SemestreLu, maintenant: datetime) -> Bilan:
    postes = listes.find_postes(perimetre, semestre, "").order_by()
    amphis = Amphi.objects.filter(perimetre.amphis(), semestre=semestre.pk).exclude(etat=EtatAmphi.BROUILLON)
    return Bilan(
        internes=listes.find_internes(perimetre, semestre, "").count(),
        postes=postes.count(),
        libres=postes.filter(etat=EtatPoste.LIBRE).count(),
        arrivees=listes.find_arrivees(perimetre, semestre, "").count(),
        amphis=_follow(perimetre, semestre, {amphi.pk for amphi in amphis}, maintenant),
        caches=tuple(str(a) for a in amphis if a.etat in COMMENCES and not names_are_public(a)),
    )


def _follow(
    perimetre: Perimetre, semestre: SemestreLu, amphis: set[int], maintenant: datetime
) -> tuple[AmphiSuivi, ...]:
    """Those that run first, then by date."""
    places = Place.objects.filter(perimetre.places(), amphi__in=amphis).values("amphi")
    siens = {row["amphi"]: row["siens"] for row in places.annotate(siens=Count("pk"))}
    lus = [lu for lu in list_amphis(semestre, FiltreAmphis(), maintenant) if lu.pk in amphis]
    lus.sort(key=lambda lu: (not lu.is_running, lu.debut or FIN_DES_TEMPS, lu.pk))
    return tuple(AmphiSuivi(amphi=lu, siens=siens.get(lu.pk, 0)) for lu in lus)
