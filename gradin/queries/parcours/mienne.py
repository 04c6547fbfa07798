"""The figures of one's own parcours beside those that decide: seniority, rang local."""

from __future__ import annotations

from dataclasses import dataclass

from gradin.domain.parcours.ecarts import EcartAnciennete, SourceAnciennete
from gradin.queries.parcours.anciennete import RangProuve, prove_for, read_importees, source_of
from gradin.queries.parcours.lignes import read_parcours
from gradin.queries.profils import last_inscription


@dataclass(frozen=True, slots=True, kw_only=True)
class MesFigures:
    """`source`: which of the two seniorities the call list uses."""

    source: SourceAnciennete
    ecart: EcartAnciennete
    rang: RangProuve | None

    @property
    def importee(self) -> int:
        return _total(self.ecart.importee)

    @property
    def calculee(self) -> int:
        return _total(self.ecart.calculee.semestres)


def read_figures(interne: int) -> MesFigures | None:
    """None without a roster, or while nothing of his parcours is known."""
    inscription, lu = last_inscription(interne), read_parcours(interne)
    if inscription is None or lu is None or not lu.calcule.lignes:
        return None
    return MesFigures(
        source=source_of(inscription.semestre_id, inscription.subdivision_id),
        ecart=EcartAnciennete(
            importee=read_importees([inscription])[inscription.pk],
            calculee=lu.calcule,
            manques=len(lu.manques),
        ),
        rang=prove_for(inscription),
    )


def prove_own(interne: int) -> RangProuve | None:
    """Beside the rank of the call list; None while his rank at the exam is not known."""
    inscription = last_inscription(interne)
    return prove_for(inscription) if inscription is not None else None


def _total(semestres) -> int:  # type: ignore[no-untyped-def]
    """Before any cap: « Mon classement » has the figure of the list, step by step."""
    return int(semestres.valides + semestres.surnombre_non_validant + semestres.recherche)
