"""The line of a parcours that an affectation makes; written by operations, shown before it is written."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from gradin.data.amphis.models import Affectation
from gradin.data.internes.models import Inscription, TypeChoix
from gradin.data.parcours.models import (
    AgrementParcours,
    EtatParcours,
    LigneParcours,
    SituationParcours,
    SourceParcours,
)
from gradin.queries.parcours.terrains import agrement_of, is_ambulatoire
from gradin.queries.parcours.utiles import formation_of

SITUATIONS = {
    TypeChoix.CLASSIQUE.value: SituationParcours.STAGE,
    TypeChoix.SURNOMBRE_VALIDANT.value: SituationParcours.SURNOMBRE_VALIDANT,
    TypeChoix.SURNOMBRE_NON_VALIDANT.value: SituationParcours.SURNOMBRE_NON_VALIDANT,
}
LIES = ("semestre", "poste__service__etablissement", "poste__des")


def lines_of(affectations: Iterable[Affectation], maintenant: datetime) -> list[LigneParcours]:
    """Not saved. The affectations come with `LIES`."""
    rows = list(affectations)
    inscriptions = {
        (une.interne_id, une.semestre_id): une
        for une in Inscription.objects.filter(
            interne__in={row.interne_id for row in rows}, semestre__in={row.semestre_id for row in rows}
        ).select_related("des")
    }
    return [_line(row, inscriptions.get((row.interne_id, row.semestre_id)), maintenant) for row in rows]


def _line(row: Affectation, inscription: Inscription | None, maintenant: datetime) -> LigneParcours:
    poste = row.poste
    agrement = (
        agrement_of(formation_of(inscription), poste.des.code_des, tuple(poste.reserve_a or ()))
        if inscription
        else AgrementParcours.COMPLEMENTAIRE
    )
    return LigneParcours(
        interne_id=row.interne_id,
        semestre=row.semestre,
        situation=SITUATIONS[row.type_choix],
        etat=EtatParcours.PRESUME,
        source=SourceParcours.AFFECTATION,
        phase=inscription.phase if inscription else "",
        service=poste.service,
        details=" ".join(mot for mot in (poste.flechage, poste.observations) if mot)[:400],
        ambulatoire=is_ambulatoire(poste.type_poste),
        des=poste.des,
        agrement=str(agrement),
        affectation=row,
        updated_at=maintenant,
    )
