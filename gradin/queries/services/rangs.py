"""How far a service went in past semesters: from the choices made here, else from what the ARS brought.

A rank names nobody, and only classiques are counted: a surnombre takes nothing from those who come after.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Length

from gradin.data.amphis.models import Affectation, Amphi, EtatAmphi, Offre, Place
from gradin.data.internes.models import Phase, TypeChoix
from gradin.data.postes.models import EtatPoste
from gradin.data.services.models import DernierRang
from gradin.domain.rang.semestre import parse_semestre


@dataclass(frozen=True, slots=True, kw_only=True)
class RangPasse:
    """One semestre. `rang` of the last who chose there, None when nobody did; `effectif` None: unknown."""

    semestre: str
    libelle: str
    rang: int | None
    effectif: int | None
    offerts: int
    pourvus: int

    @property
    def restants(self) -> int:
        return self.offerts - self.pourvus

    def restait_au(self, rang: int) -> bool:
        """Whether somebody of that call rank would still have found a poste."""
        return self.restants > 0 or (self.rang or 0) >= rang


@dataclass(frozen=True, slots=True, kw_only=True)
class SerieRangs:
    """Ranks of one call list after the other: those of another groupe or phase cannot be compared."""

    groupe: int
    phase: str
    titre: str
    rangs: tuple[RangPasse, ...]


def list_series(service: int, avant: str) -> tuple[SerieRangs, ...]:
    """Semesters before the one whose code is `avant`, oldest first; a series a groupe and phase."""
    series: dict[tuple[int, str], dict[str, RangPasse]] = defaultdict(dict)
    titres: dict[tuple[int, str], str] = {}
    for row in _brought(service, avant):
        cle = (row.groupe_id, row.phase)
        titres[cle] = _titre(row.groupe.nom, row.phase)
        series[cle][row.semestre.code] = _rang(
            row.semestre.code, row.rang, row.effectif, row.offerts, row.pourvus
        )
    for amphi, rang in _chosen_here(service, avant):
        cle = (amphi.groupe_id, amphi.phase)
        titres[cle] = _titre(amphi.groupe.nom, amphi.phase)
        series[cle][rang.semestre] = rang
    return tuple(
        SerieRangs(
            groupe=cle[0],
            phase=cle[1],
            titre=titres[cle],
            rangs=tuple(rang for _, rang in sorted(semestres.items())),
        )
        for cle, semestres in series.items()
    )


def _brought(service: int, avant: str) -> Iterable[DernierRang]:
    rows = DernierRang.objects.filter(service=service, semestre__code__lt=avant)
    return rows.select_related("semestre", "groupe").order_by(
        Length("groupe__code"), "groupe__code", "phase", "semestre__code"
    )


def _chosen_here(service: int, avant: str) -> Iterable[tuple[Amphi, RangPasse]]:
    """Closed amphis that offered it: only then is the last rank the last."""
    offerts = dict(
        Offre.objects.filter(
            poste__service=service, amphi__etat=EtatAmphi.CLOS, amphi__semestre__code__lt=avant
        )
        .exclude(poste__etat=EtatPoste.RETIRE)
        .values_list("amphi")
        .annotate(offerts=Count("pk"))
    )
    rangs = _ranks(service, [*offerts])
    amphis = Amphi.objects.filter(pk__in=offerts).select_related("semestre", "groupe")
    for amphi in amphis.annotate(effectif=Count("places", filter=Q(places__rang__isnull=False))):
        pris = rangs[amphi.pk]
        yield (
            amphi,
            _rang(
                amphi.semestre.code,
                max(pris, default=None),
                amphi.effectif,
                max(offerts[amphi.pk], len(pris)),
                len(pris),
            ),
        )


def _ranks(service: int, amphis: list[int]) -> dict[int, list[int]]:
    """Call ranks of the classiques who chose there, by amphi."""
    place = Place.objects.filter(amphi=OuterRef("amphi"), inscription__interne=OuterRef("interne"))
    rows = Affectation.objects.filter(
        poste__service=service, amphi__in=amphis, annulee=False, type_choix=TypeChoix.CLASSIQUE
    ).annotate(rang_appel=Subquery(place.values("rang")[:1]))
    rangs: dict[int, list[int]] = defaultdict(list)
    for amphi, rang in rows.values_list("amphi", "rang_appel"):
        if rang is not None:
            rangs[amphi].append(rang)
    return rangs


def _rang(semestre: str, rang: int | None, effectif: int | None, offerts: int, pourvus: int) -> RangPasse:
    return RangPasse(
        semestre=semestre,
        libelle=parse_semestre(semestre).libelle,
        rang=rang,
        effectif=effectif,
        offerts=offerts,
        pourvus=pourvus,
    )


def _titre(groupe: str, phase: str) -> str:
    return f"{groupe}, {Phase(phase).label.lower()}"
