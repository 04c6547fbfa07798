"""Brings the affectations of closed amphis into the parcours; never on the way of a choice."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from gradin.data.amphis.models import Affectation, EtatAmphi
from gradin.data.parcours.models import EtatParcours, LigneParcours, SourceParcours
from gradin.queries.parcours.affectations import LIES, lines_of

LOT = 500
CHAMPS = (
    "situation",
    "phase",
    "service",
    "details",
    "ambulatoire",
    "des",
    "agrement",
    "affectation",
    "updated_at",
)


def fill_parcours(maintenant: datetime, limite: int = LOT) -> int:
    """How many lines were written. Run again, it finds nothing left to do.

    A line brought by an import keeps what it says and is tied to its affectation; one that came from an
    affectation annulled since follows the one that stands, or goes if nobody has judged it.
    """
    with transaction.atomic():
        rows = list(_missing().select_related(*LIES).order_by("pk")[:limite])
        connues = {
            (ligne.interne_id, ligne.semestre_id): ligne
            for ligne in LigneParcours.objects.filter(interne__in={row.interne_id for row in rows})
        }
        neuves, suivies = [], []
        for ligne in lines_of(rows, maintenant):
            connue = connues.get((ligne.interne_id, ligne.semestre_id))
            if connue is None:
                neuves.append(ligne)
            else:
                _follow(connue, ligne)
                suivies.append(connue)
        # Any process brings them: what another one has written meanwhile is there.
        LigneParcours.objects.bulk_create(neuves, batch_size=LOT, ignore_conflicts=True)
        LigneParcours.objects.bulk_update(suivies, CHAMPS, batch_size=LOT)
        return len(neuves) + len(suivies) + _forget_annulled()


def _missing() -> QuerySet[Affectation]:
    """Of amphis that are over, or given without one; standing, and in no parcours yet."""
    finies = Q(amphi=None) | Q(amphi__etat=EtatAmphi.CLOS)
    return Affectation.objects.filter(finies, annulee=False, ligne_parcours=None)


def _follow(connue: LigneParcours, ligne: LigneParcours) -> None:
    """What somebody else wrote of this semestre stands; the tie alone is new."""
    champs = CHAMPS if connue.source == SourceParcours.AFFECTATION else ("affectation",)
    for champ in champs:
        setattr(connue, champ, getattr(ligne, champ))


def _forget_annulled() -> int:
    perdues = LigneParcours.objects.filter(
        source=SourceParcours.AFFECTATION, etat=EtatParcours.PRESUME, affectation__annulee=True
    )
    return perdues.delete()[0]
