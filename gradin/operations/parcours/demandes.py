"""Brings accepted individual demands into the parcours, semester by semester, once each has begun."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from gradin.data.demandes.models import DemandeIndividuelle
from gradin.data.parcours.models import EtatParcours, LigneParcours, SituationParcours, SourceParcours
from gradin.data.referentiel.models import Semestre
from gradin.domain.demandes.effets import following
from gradin.domain.demandes.etats import EtatIndividuelle
from gradin.domain.demandes.natures import Disponibilite, Nature
from gradin.domain.parcours.anciennete import semestre_at
from gradin.domain.rang.semestre import parse_semestre

SITUATIONS = {
    Nature.STAGE_LIBRE.value: SituationParcours.STAGE,
    Nature.HORS_SUBDIVISION.value: SituationParcours.HORS_SUBDIVISION,
    Nature.ANNEE_RECHERCHE.value: SituationParcours.ANNEE_RECHERCHE,
}
# A stage is done there: its place and its DES are part of the parcours.
EN_STAGE = frozenset({SituationParcours.STAGE, SituationParcours.HORS_SUBDIVISION})
# A family's reason or a stay abroad is nobody's business here.
DISPONIBILITES = {
    Disponibilite.RECHERCHE.value: SituationParcours.DISPONIBILITE_RECHERCHE,
    Disponibilite.CONVENANCES.value: SituationParcours.DISPONIBILITE_CONVENANCES,
}


@transaction.atomic
def fill_demandes(maintenant: datetime) -> int:
    """How many lines were written. A semester of which something is known stays as it is."""
    courant = semestre_at(maintenant.date())
    voulues = {(ligne.interne_id, ligne.semestre.code): ligne for ligne in _lines(courant, maintenant)}
    connues = LigneParcours.objects.filter(interne__in={interne for interne, _ in voulues})
    for cle in connues.values_list("interne", "semestre__code"):
        voulues.pop(cle, None)
    for ligne in voulues.values():
        ligne.semestre, _ = Semestre.objects.get_or_create(code=ligne.semestre.code)
    # Any process brings them: what another one has written meanwhile is there.
    LigneParcours.objects.bulk_create(voulues.values(), batch_size=500, ignore_conflicts=True)
    return len(voulues)


def _lines(courant: str, maintenant: datetime) -> Iterator[LigneParcours]:
    rows = DemandeIndividuelle.objects.filter(
        etat=EtatIndividuelle.ACCEPTEE.value,
        nature__in=(*SITUATIONS, Nature.DISPONIBILITE.value),
        debut__lte=courant,
    )
    for row in rows.select_related("inscription__des").order_by("pk"):
        situation = SITUATIONS.get(row.nature) or DISPONIBILITES.get(
            row.forme, SituationParcours.DISPONIBILITE_AUTRE
        )
        en_stage = situation in EN_STAGE
        for semestre in following(parse_semestre(row.debut), row.duree):
            if semestre.code <= courant:
                yield LigneParcours(
                    interne_id=row.inscription.interne_id,
                    semestre=Semestre(code=semestre.code),
                    situation=situation,
                    etat=EtatParcours.PRESUME,
                    source=SourceParcours.DEMANDE,
                    phase=row.inscription.phase if en_stage else "",
                    lieu=row.objet if en_stage else "",
                    des=row.inscription.des if en_stage else None,
                    agrement="principal" if en_stage else "",
                    updated_at=maintenant,
                )
