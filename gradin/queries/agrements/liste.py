"""The agréments as anybody searches them; no address of anybody stands in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from gradin.data.agrements.models import Agrement, EtatAgrement, PhaseAgreee
from gradin.data.referentiel.models import Specialite
from gradin.domain.texte import fold

PROCHES = timedelta(days=183)
MOTS_PHASES = {str(un.value): str(un.label).removeprefix("Phase ").removeprefix("d’") for un in PhaseAgreee}
ETATS: tuple[tuple[str, str], ...] = tuple((str(un.value), str(un.label)) for un in EtatAgrement)
EN_COURS, EXPIRE, PASSES = "", "expire", "passes"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgrementLu:
    """`expire`: it ends within six months."""

    pk: int
    imotep: str
    service: str
    etablissement: str
    ville: str
    departement: str
    des: str
    code_des: str
    phases: str
    capacite: int
    du: date
    au: date
    chef: str
    etat: str
    etat_dit: str
    passe: bool
    expire: bool
    courriel: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FiltreAgrements:
    """`quand`: in force, ending within six months, or over. `subdivisions`: None for all."""

    q: str = ""
    des: str = ""
    quand: str = EN_COURS
    subdivisions: tuple[int, ...] | None = None


def find_agrements(filtre: FiltreAgrements, jour: date) -> QuerySet[Agrement]:
    """Withdrawn ones are nobody's right any more: they stand among those that are over."""
    rows = Agrement.objects.select_related("service__etablissement", "des")
    if filtre.subdivisions is not None:
        rows = rows.filter(subdivision__in=filtre.subdivisions)
    if filtre.des:
        rows = rows.filter(des__code_des=filtre.des)
    for mot in fold(filtre.q).split():
        rows = rows.filter(Q(service__recherche__contains=mot) | Q(service__cle_tri__contains=mot))
    fini = Q(au__lt=jour) | Q(etat=EtatAgrement.RETIRE)
    if filtre.quand == PASSES:
        return rows.filter(fini)
    rows = rows.exclude(fini)
    return rows.filter(au__lt=jour + PROCHES) if filtre.quand == EXPIRE else rows


def read_agrements(rows: Sequence[Agrement] | QuerySet[Agrement], jour: date) -> tuple[AgrementLu, ...]:
    return tuple(read_agrement(row, jour) for row in rows)


def read_agrement(row: Agrement, jour: date) -> AgrementLu:
    service = row.service
    lieu = service.etablissement
    return AgrementLu(
        pk=row.pk,
        imotep=service.imotep,
        service=service.nom,
        etablissement=lieu.nom,
        ville=lieu.ville,
        departement=lieu.departement,
        des=row.des.intitule,
        code_des=row.des.code_des,
        phases=say_phases(row.phases),
        capacite=row.capacite,
        du=row.du,
        au=row.au,
        chef=row.chef or service.chef,
        etat=row.etat,
        etat_dit=row.get_etat_display(),
        passe=row.au < jour,
        expire=jour <= row.au < jour + PROCHES,
    )


def list_of_service(imotep: str, jour: date) -> tuple[AgrementLu, ...]:
    """In force or to come, for the fiche of the service."""
    rows = find_agrements(FiltreAgrements(), jour).filter(service__imotep=imotep)
    return read_agrements(rows, jour)


def list_des_agrees() -> tuple[tuple[str, str], ...]:
    """Those that have an agrément: code, words."""
    rows = Specialite.objects.filter(agrement__isnull=False).distinct().order_by("intitule")
    return tuple(rows.values_list("code_des", "intitule"))


def say_phases(phases: Sequence[str]) -> str:
    return ", ".join(mot for phase, mot in MOTS_PHASES.items() if phase in phases)


def subdivision_of(agrement: int) -> int | None:
    return Agrement.objects.filter(pk=agrement).values_list("subdivision", flat=True).first()
