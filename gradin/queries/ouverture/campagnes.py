"""Which openings there are, for the ARS and for those who work with it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from gradin.data.ouverture.models import Ouverture
from gradin.data.referentiel.models import Semestre, Subdivision
from gradin.domain.rang.semestre import parse_semestre
from gradin.queries.espaces.perimetre import Perimetre
from gradin.queries.visiteurs import Visiteur


@dataclass(frozen=True, slots=True, kw_only=True)
class OuvertureLue:
    """`limite`: ms UTC, None when services may not propose. `groupes`: the reader's, None for all of them."""

    pk: int
    semestre: int
    code: str
    libelle: str
    subdivision: int
    lieu: str
    code_subdivision: str
    fuseau: str
    limite: int | None
    regles: dict[str, Any]
    groupes: frozenset[int] | None = None

    def is_open(self, maintenant: int) -> bool:
        return self.limite is not None and maintenant < self.limite

    @property
    def rows(self) -> Q:
        """His part of the semestre, on any table with a semestre, a subdivision and a groupe."""
        return Q(semestre=self.semestre, subdivision=self.subdivision) & self.siens

    @property
    def siens(self) -> Q:
        return Q() if self.groupes is None else Q(groupe__in=self.groupes)


def list_ouvertures(agent: Visiteur) -> tuple[OuvertureLue, ...]:
    """Of his subdivisions, the latest semestre first."""
    rows = Ouverture.objects.filter(subdivision__in={subdivision for subdivision, _ in agent.portees})
    return tuple(_read(row, _groupes(agent, row.subdivision_id)) for row in _with(rows))


def find_ouverture(agent: Visiteur, pk: int) -> OuvertureLue | None:
    """In his scope only."""
    return next((lue for lue in list_ouvertures(agent) if lue.pk == pk), None)


def list_suivies(perimetre: Perimetre) -> tuple[OuvertureLue, ...]:
    """Those of the subdivisions of a partner, the latest semestre first."""
    rows = Ouverture.objects.filter(subdivision__in={part.subdivision for part in perimetre.parts})
    return tuple(_read(row, None) for row in _with(rows))


def list_a_ouvrir(prochain: str) -> tuple[tuple[str, str], ...]:
    """Semestres whose opening may start, code and words: the latest known, and the one that comes."""
    codes = {*Semestre.objects.order_by("-code").values_list("code", flat=True)[:3], prochain}
    return tuple((code, parse_semestre(code).libelle) for code in sorted(codes, reverse=True))


def list_lieux(pks: Collection[int]) -> tuple[tuple[str, str, str], ...]:
    """Key, name and time zone of these subdivisions."""
    rows = Subdivision.objects.filter(pk__in=pks)
    return tuple((str(row.pk), row.nom, row.fuseau) for row in rows)


def _with(rows: Any) -> Any:
    return rows.select_related("semestre", "subdivision")


def _groupes(agent: Visiteur, subdivision: int) -> frozenset[int] | None:
    siens = {groupe for ou, groupe in agent.portees if ou == subdivision}
    return None if None in siens else frozenset(groupe for groupe in siens if groupe is not None)


def _read(row: Ouverture, groupes: frozenset[int] | None) -> OuvertureLue:
    return OuvertureLue(
        pk=row.pk,
        semestre=row.semestre_id,
        code=row.semestre.code,
        libelle=parse_semestre(row.semestre.code).libelle,
        subdivision=row.subdivision_id,
        lieu=row.subdivision.nom,
        code_subdivision=row.subdivision.code,
        fuseau=row.subdivision.fuseau,
        limite=row.limite,
        regles=row.regles,
        groupes=groupes,
    )
