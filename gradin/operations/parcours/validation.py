"""The faculty validates semesters, many at once, or says why one is not validated."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from gradin.data.parcours.models import EtatParcours, LigneParcours
from gradin.operations.droits import Acte
from gradin.operations.parcours.refus import ParcoursRefuse
from gradin.operations.permissions import check_can_read_espace
from gradin.queries.espaces.perimetre import Perimetre
from gradin.queries.parcours.faculte import begun_lines
from gradin.queries.visiteurs import Visiteur


class Jugement(StrEnum):
    """`SAUVER`: not validated, counted all the same (R632-32), whatever the cause."""

    VALIDER = "valider"
    REFUSER = "refuser"
    SAUVER = "sauver"
    ROUVRIR = "rouvrir"


@transaction.atomic
def judge_lignes(
    visiteur: Visiteur,
    perimetre: Perimetre,
    lignes: Collection[int],
    jugement: Jugement,
    *,
    motif: str,
    maintenant: datetime,
) -> int:
    """How many were judged; those outside the faculty's scope are not touched. Raises ParcoursRefuse."""
    check_can_read_espace(visiteur, Acte.VALIDER_PARCOURS)
    motif = motif.strip()[:300]
    if not lignes:
        raise ParcoursRefuse("Cochez d’abord au moins un semestre.")
    if jugement is Jugement.REFUSER and not motif:
        raise ParcoursRefuse("Écrivez pourquoi ce semestre n’est pas validé : l’interne le lira.")
    etat, sauve = _outcome(jugement)
    rouvert = etat is EtatParcours.PRESUME
    return (
        LigneParcours.objects.filter(
            pk__in=begun_lines(perimetre, maintenant).filter(pk__in=lignes).values("pk")
        )
        .exclude(situation="")
        .update(
            etat=etat,
            sauve=sauve,
            motif=motif if jugement is Jugement.REFUSER else "",
            validated_at=None if rouvert else maintenant,
            validated_by=None if rouvert else visiteur.compte,
            updated_at=maintenant,
        )
    )


def _outcome(jugement: Jugement) -> tuple[EtatParcours, bool]:
    """The motive of a semester saved by R632-32 is never kept: it would tell a health."""
    if jugement is Jugement.VALIDER:
        return EtatParcours.VALIDE, False
    if jugement is Jugement.ROUVRIR:
        return EtatParcours.PRESUME, False
    return EtatParcours.NON_VALIDE, jugement is Jugement.SAUVER
