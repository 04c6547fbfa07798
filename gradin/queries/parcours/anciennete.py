"""Imported and computed figures of a campaign side by side: seniority, rang local from the exam."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from gradin.data.amphis.models import Campagne
from gradin.data.internes.models import Inscription
from gradin.data.parcours.models import AncienneteImportee, LigneParcours, RangInitial
from gradin.domain.parcours.anciennete import AncienneteCalculee, semestres_since
from gradin.domain.parcours.ecarts import EcartAnciennete, SourceAnciennete
from gradin.domain.rang.anciennete import Semestres
from gradin.queries.candidats import read_semestres
from gradin.queries.parcours.lignes import compute_for
from gradin.queries.roster.portee import scope_of
from gradin.queries.visiteurs import Visiteur

CLE = "anciennete"


@dataclass(frozen=True, slots=True, kw_only=True)
class EcartLu:
    """One interne whose two seniorities differ, or whose parcours explains one not yet."""

    interne: int
    inscription: int
    nom: str
    des: str
    promotion: int
    ecart: EcartAnciennete


@dataclass(frozen=True, slots=True, kw_only=True)
class RangProuve:
    """`calcule`: how many of the initial promotion were better placed, plus one; `effectif`: its size.

    `en_vigueur`: whether the campaign uses it instead of the imported one.
    """

    rang_national: int
    promotion: int
    groupe: str
    calcule: int
    effectif: int
    importe: int | None
    effectif_importe: int | None
    en_vigueur: bool

    @property
    def differe(self) -> bool:
        return self.importe != self.calcule or self.effectif_importe not in (None, self.effectif)

    @property
    def devant(self) -> int:
        return self.calcule - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class EcartRang:
    interne: int
    nom: str
    rang: RangProuve


@dataclass(frozen=True, slots=True, kw_only=True)
class Confrontation:
    """`connus`: how many of the `internes` have a parcours; `accordes`: of those, how many agree."""

    source: SourceAnciennete
    internes: int
    connus: int
    ecarts: tuple[EcartLu, ...]
    rangs: tuple[EcartRang, ...]
    prouves: int

    @property
    def accordes(self) -> int:
        return self.connus - len(self.ecarts)


def source_of(semestre: int, subdivision: int) -> SourceAnciennete:
    row = Campagne.objects.filter(semestre=semestre, subdivision=subdivision).first()
    dit = row.parametres.get(CLE, SourceAnciennete.IMPORTEE) if row else SourceAnciennete.IMPORTEE
    return SourceAnciennete(dit)


def confront(agent: Visiteur, semestre: int, subdivision: int) -> Confrontation:
    """A handful of queries, whatever the size of the roster."""
    inscriptions = list(
        Inscription.objects.filter(scope_of(agent), semestre=semestre, subdivision=subdivision)
        .select_related("interne", "des", "semestre", "groupe")
        .order_by("interne__cle_tri", "pk")
    )
    calcules, importees = compute_for(inscriptions), read_importees(inscriptions)
    connus = _known_semestres(inscriptions)
    lus = [
        _read(une, importees[une.pk], calcules[une.pk], connus) for une in inscriptions if une.pk in calcules
    ]
    rangs = prove_rangs(inscriptions)
    return Confrontation(
        source=source_of(semestre, subdivision),
        internes=len(inscriptions),
        connus=len(lus),
        ecarts=tuple(lu for lu in lus if lu.ecart.differe),
        rangs=tuple(
            EcartRang(interne=une.interne_id, nom=_name(une), rang=rangs[une.pk])
            for une in inscriptions
            if une.pk in rangs and rangs[une.pk].differe
        ),
        prouves=len(rangs),
    )


def read_importees(inscriptions: list[Inscription]) -> dict[int, Semestres]:
    """What the file said, even where the computed figure has replaced it."""
    gardees = {
        row.inscription_id: Semestres(
            valides=row.semestres_valides,
            surnombre_non_validant=row.surnombres_non_validants,
            recherche=row.semestres_recherche,
        )
        for row in AncienneteImportee.objects.filter(inscription__in=[une.pk for une in inscriptions])
    }
    return {une.pk: gardees.get(une.pk) or read_semestres(une) for une in inscriptions}


def prove_rangs(inscriptions: list[Inscription]) -> dict[int, RangProuve]:
    """By inscription, of those whose rank at the exam is known."""
    siens: dict[int, list[RangInitial]] = defaultdict(list)
    for row in RangInitial.objects.filter(interne__in=[une.interne_id for une in inscriptions]):
        assert row.interne_id is not None
        siens[row.interne_id].append(row)
    promotions = _promotions({_cle(row) for rows in siens.values() for row in rows})
    gardes = read_rangs_importes(inscriptions)
    prouves = {}
    for une in inscriptions:
        for row in siens.get(une.interne_id, ()):
            if _cle(row) == (une.subdivision_id, une.groupe_id, une.promotion):
                prouves[une.pk] = _prove(une, row, promotions[_cle(row)], gardes.get(une.pk))
    return prouves


def read_rangs_importes(inscriptions: list[Inscription]) -> dict[int, Mapping[str, Any]]:
    """What the file said of those whose proved rang local stands in its place."""
    rows = AncienneteImportee.objects.filter(
        inscription__in=[une.pk for une in inscriptions], rang__isnull=False
    )
    return {row.inscription_id: row.rang for row in rows if row.rang is not None}


def prove_for(inscription: Inscription) -> RangProuve | None:
    return prove_rangs([inscription]).get(inscription.pk)


def _prove(
    une: Inscription, row: RangInitial, rangs: list[int], garde: Mapping[str, Any] | None
) -> RangProuve:
    lu = garde or {"rang_local": une.rang_local, "effectif_local": une.effectif_local}
    return RangProuve(
        rang_national=row.rang_national,
        promotion=row.promotion,
        groupe=une.groupe.nom,
        calcule=bisect_left(rangs, row.rang_national) + 1,
        effectif=len(rangs),
        importe=lu["rang_local"],
        effectif_importe=lu["effectif_local"],
        en_vigueur=garde is not None,
    )


def _cle(row: RangInitial) -> tuple[int, int, int]:
    return row.subdivision_id, row.groupe_id, row.promotion


def _promotions(cles: set[tuple[int, int, int]]) -> Mapping[tuple[int, int, int], list[int]]:
    voulues = Q(pk__in=())
    for subdivision, groupe, promotion in cles:
        voulues |= Q(subdivision=subdivision, groupe=groupe, promotion=promotion)
    rangs: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    for row in RangInitial.objects.filter(voulues).order_by("rang_national"):
        rangs[_cle(row)].append(row.rang_national)
    return rangs


def _known_semestres(inscriptions: list[Inscription]) -> Mapping[int, frozenset[str]]:
    codes: dict[int, set[str]] = defaultdict(set)
    rows = LigneParcours.objects.filter(interne__in=[une.interne_id for une in inscriptions])
    for interne, code in rows.values_list("interne", "semestre__code"):
        codes[interne].add(code)
    return {interne: frozenset(siens) for interne, siens in codes.items()}


def _read(
    une: Inscription,
    importee: Semestres,
    calculee: AncienneteCalculee,
    connus: Mapping[int, frozenset[str]],
) -> EcartLu:
    attendus = semestres_since(une.promotion, une.semestre.code)
    return EcartLu(
        interne=une.interne_id,
        inscription=une.pk,
        nom=_name(une),
        des=une.des.intitule,
        promotion=une.promotion,
        ecart=EcartAnciennete(
            importee=importee,
            calculee=calculee,
            manques=len(set(attendus) - connus.get(une.interne_id, frozenset())),
        ),
    )


def _name(une: Inscription) -> str:
    return f"{une.interne.nom} {une.interne.prenom}"
