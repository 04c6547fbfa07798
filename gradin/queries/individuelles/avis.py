"""Whose opinion a demand wants, and the demands that wait for one coordonnateur's."""

from django.db.models import QuerySet

from gradin.data.comptes.models import Compte, Role
from gradin.data.demandes.models import DemandeIndividuelle
from gradin.data.internes.models import Inscription
from gradin.domain.demandes.etats import EtatIndividuelle
from gradin.domain.demandes.natures import DEMARCHES
from gradin.queries.espaces.perimetre import Perimetre

AVEC_AVIS = [nature.value for nature, demarche in DEMARCHES.items() if demarche.avis]
A_LIRE = (EtatIndividuelle.EN_INSTRUCTION.value, EtatIndividuelle.AVIS_RENDU.value)


def courriels_of_coordonnateurs(inscription: Inscription) -> tuple[tuple[int, str], ...]:
    """Accounts of those who coordinate his DES in his subdivision."""
    comptes = Compte.objects.filter(
        role=Role.COORDONNATEUR,
        is_active=True,
        portees__subdivision=inscription.subdivision_id,
        portees__specialite=inscription.des_id,
    )
    return tuple(comptes.distinct().order_by("pk").values_list("pk", "email"))


def find_for_avis(perimetre: Perimetre) -> QuerySet[DemandeIndividuelle]:
    """Of his DES, of the kinds that want his opinion, once the ARS has opened them to him."""
    return DemandeIndividuelle.objects.filter(perimetre.individuelles(), nature__in=AVEC_AVIS).exclude(
        etat__in=(EtatIndividuelle.DEPOSEE.value, EtatIndividuelle.RETIREE.value)
    )


def count_waiting(perimetre: Perimetre) -> int:
    return find_for_avis(perimetre).filter(etat=EtatIndividuelle.EN_INSTRUCTION.value).count()
