"""The opinion of a coordonnateur on the demands of his DES: he advises, the commission decides."""

from collections.abc import Collection

from django.db import transaction

from gradin.data.agrements.models import AvisAgrement, DemandeAgrement, EtatDemandeAgrement
from gradin.data.ouverture.models import SensAvis
from gradin.operations.agrements.refus import AgrementRefuse
from gradin.operations.agrements.trace import record
from gradin.operations.permissions import Interdit
from gradin.operations.permissions_offre import check_can_advise_agrements
from gradin.queries.espaces.perimetre import perimetre_of
from gradin.queries.visiteurs import Visiteur

LONGUEUR = 300
SENS: tuple[tuple[str, str], ...] = tuple((str(un.value), str(un.label)) for un in SensAvis)


@transaction.atomic
def give_avis(cibles: Collection[int], sens: str, texte: str, visiteur: Visiteur, maintenant: int) -> int:
    """The same opinion on one or several; a later one replaces it. Raises AgrementRefuse, Interdit."""
    check_can_advise_agrements(visiteur)
    texte = texte.strip()[:LONGUEUR]
    siennes = DemandeAgrement.objects.filter(perimetre_of(visiteur).agrements(), pk__in=cibles)
    demandes = [*siennes.select_related("dossier__campagne")]
    if len(demandes) != len(set(cibles)):
        raise Interdit("Cette demande n’est pas de votre DES.", absent=True)
    _check(demandes, sens, texte)
    for demande in demandes:
        AvisAgrement.objects.update_or_create(
            demande=demande,
            auteur_id=visiteur.compte,
            defaults={"sens": sens, "texte": texte, "at": maintenant},
        )
        campagne = demande.dossier.campagne
        record(
            campagne.subdivision_id, "avis", visiteur.compte, maintenant, campagne, demande,
            sens=sens, texte=texte,
        )  # fmt: skip
    return len(demandes)


def _check(demandes: Collection[DemandeAgrement], sens: str, texte: str) -> None:
    if not demandes:
        raise AgrementRefuse("Cochez au moins une demande.")
    if sens not in SensAvis.values:
        raise AgrementRefuse("Choisissez un avis\u00a0: favorable, réservé ou défavorable.", champ="sens")
    if sens != SensAvis.FAVORABLE and not texte:
        raise AgrementRefuse("Dites en une ligne pourquoi, pour la commission.", champ="texte")
    if any(demande.etat != EtatDemandeAgrement.DEPOSEE for demande in demandes):
        raise AgrementRefuse("Une de ces demandes est déjà décidée\u00a0: l’avis n’y change plus rien.")
