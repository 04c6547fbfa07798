"""An interne declares a past semestre: checked against all that is known, then it waits for his faculty."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gradin.data.internes.models import Inscription
from gradin.data.parcours.models import EtatParcours, LigneParcours, SourceParcours
from gradin.data.postes.models import Poste
from gradin.data.referentiel.models import Semestre, Service, Specialite
from gradin.domain.parcours.coherence import Connu, Declaration, find_contradiction
from gradin.domain.parcours.modele import STAGES
from gradin.domain.rang.semestre import parse_semestre
from gradin.operations.comptes.historique import lock_interne
from gradin.operations.parcours.refus import ParcoursRefuse
from gradin.queries.profils import last_inscription


@transaction.atomic
def declare_semestre(interne: int, dite: Declaration, maintenant: datetime) -> int:
    """Raises ParcoursRefuse. The line counts once the faculty has validated it."""
    _check_code(dite.semestre)
    lock_interne(interne)
    inscription = last_inscription(interne)
    if inscription is None:
        raise ParcoursRefuse("Vous n’êtes encore sur aucune liste. L’ARS doit d’abord vous y inscrire.")
    service = Service.objects.filter(imotep=dite.service).first() if dite.service else None
    if dite.service and service is None:
        raise ParcoursRefuse("Ce service n’est pas connu. Choisissez-le dans la liste, ou écrivez le lieu.")
    if contredit := find_contradiction(dite, _known(inscription, service)):
        raise ParcoursRefuse(contredit)
    semestre, _ = Semestre.objects.get_or_create(code=dite.semestre)
    ligne = LigneParcours.objects.create(
        interne_id=interne,
        semestre=semestre,
        situation=dite.situation.value,
        etat=EtatParcours.PRESUME,
        source=SourceParcours.INTERNE,
        phase=dite.phase,
        service=service,
        lieu=dite.lieu,
        des=Specialite.objects.filter(code_des=dite.des).first() if dite.situation in STAGES else None,
        agrement=dite.agrement.value if dite.agrement and dite.situation in STAGES else "",
        ambulatoire=_is_ambulatory(service),
        updated_at=maintenant,
    )
    return int(ligne.pk)


@transaction.atomic
def withdraw_declaration(interne: int, pk: int) -> None:
    """His own words only, and only until the faculty has judged them."""
    siennes = LigneParcours.objects.filter(
        pk=pk, interne=interne, source=SourceParcours.INTERNE, etat=EtatParcours.PRESUME
    )
    if not siennes.delete()[0]:
        raise ParcoursRefuse("Ce semestre n’est plus à vous seul. Votre faculté peut le corriger.")


def _check_code(code: str) -> None:
    try:
        parse_semestre(code)
    except ValueError as erreur:
        raise ParcoursRefuse(str(erreur).capitalize()) from None


def _known(inscription: Inscription, service: Service | None) -> Connu:
    lignes = LigneParcours.objects.filter(interne=inscription.interne_id)
    regions = Poste.objects.filter(service=service).values_list("subdivision__nom", flat=True)
    return Connu(
        promotion=inscription.promotion,
        des=inscription.des.code_des,
        subdivision=inscription.subdivision.nom,
        pour=inscription.semestre.code,
        phases=dict(lignes.values_list("semestre__code", "phase")),
        regions=frozenset(regions.distinct().order_by()) if service else frozenset(),
        formations=dict(Specialite.objects.values_list("code_des", "formation")),
    )


def _is_ambulatory(service: Service | None) -> bool:
    """As its postes were offered."""
    return (
        service is not None and Poste.objects.filter(service=service, type_poste__icontains="ambul").exists()
    )
