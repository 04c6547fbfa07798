"""The ARS's queue of sign-up requests: accepted or refused in one click; invitations and new links."""

from datetime import datetime

from django.db import transaction

from gradin.data.comptes.models import Compte
from gradin.data.internes.models import Interne
from gradin.data.profils.models import DemandeInscription, EtatDemande
from gradin.operations.comptes.historique import change_interne, lock_interne, record
from gradin.operations.comptes.inscription import CHEMIN, EN_ATTENTE, VALIDITE, identite_of, send
from gradin.operations.comptes.jetons import empreinte_of
from gradin.operations.comptes.lettres import lettre_lien, lettre_refusee
from gradin.operations.comptes.liens import write_lien
from gradin.operations.comptes.refus import CompteRefuse
from gradin.operations.permissions import check_can_manage_interne, check_can_settle_demande
from gradin.queries.contacts import contact_of_ars
from gradin.queries.visiteurs import Visiteur

SANS_INTERNE = "Donnez l’INE de l’interne\u00a0: la demande ne correspond à personne de la liste."
DEJA = "Cette demande a déjà été traitée. Rechargez la liste."
PRISE = "Cette adresse est déjà celle d’un autre compte. Refusez la demande et appelez l’interne."


@transaction.atomic
def accept_demande(
    pk: int, agent: Visiteur, *, ine: str = "", secret: str, maintenant: datetime
) -> DemandeInscription:
    """The link goes to the typed address, which becomes the roster's."""
    demande = _lock(pk, agent)
    interne = demande.interne or _find_interne(ine)
    check_can_manage_interne(agent, interne.pk)
    _invite(demande, interne, agent, secret, maintenant)
    return demande


@transaction.atomic
def refuse_demande(pk: int, agent: Visiteur, *, maintenant: datetime) -> DemandeInscription:
    demande = _lock(pk, agent)
    _settle(demande, EtatDemande.REFUSEE, agent, maintenant)
    send(demande, lettre_refusee(contact_of_ars()), maintenant)
    return demande


@transaction.atomic
def invite_interne(
    interne: int, courriel: str, agent: Visiteur, *, secret: str, maintenant: datetime
) -> DemandeInscription:
    """Somebody whose e-mail changed, or who never received his link: the ARS has checked who he is."""
    check_can_manage_interne(agent, interne)
    row = lock_interne(interne)
    DemandeInscription.objects.filter(interne=row, etat__in=EN_ATTENTE, lien_used_at=None).update(
        etat=EtatDemande.REMPLACEE
    )
    connue = identite_of(row)
    demande = DemandeInscription(
        prenom=connue.prenom,
        nom=connue.nom,
        courriel=courriel.strip().lower(),
        ine=connue.ine,
        created_at=maintenant,
    )
    _invite(demande, row, agent, secret, maintenant)
    return demande


def _invite(
    demande: DemandeInscription, interne: Interne, agent: Visiteur, secret: str, maintenant: datetime
) -> None:
    row = lock_interne(interne.pk)
    if Compte.objects.filter(email=demande.courriel).exclude(interne=row).exclude(interne=None).exists():
        raise CompteRefuse(PRISE)
    change_interne(row, {"courriel": demande.courriel}, auteur=agent.courriel, maintenant=maintenant)
    demande.interne = row
    demande.lien, demande.lien_expires_at = empreinte_of(secret), maintenant + VALIDITE
    demande.essais, demande.lien_used_at = 0, None
    _settle(demande, EtatDemande.ACCEPTEE, agent, maintenant)
    record(row, "invitation", avant="", apres=demande.courriel, auteur=agent.courriel, maintenant=maintenant)
    send(demande, lettre_lien(row.prenom, write_lien(CHEMIN, secret), VALIDITE.days), maintenant)


def _settle(demande: DemandeInscription, etat: EtatDemande, agent: Visiteur, maintenant: datetime) -> None:
    demande.etat, demande.traitee_at, demande.traitee_par = etat, maintenant, agent.courriel
    demande.save()


def _lock(pk: int, agent: Visiteur) -> DemandeInscription:
    """One agent settles it: the second finds it settled. Outside the scope it does not exist."""
    rows = DemandeInscription.objects.select_for_update(of=("self",), no_key=True)
    demande = rows.select_related("interne").filter(pk=pk).first()
    check_can_settle_demande(agent, demande)
    assert demande is not None
    if demande.etat != EtatDemande.A_TRAITER:
        raise CompteRefuse(DEJA)
    return demande


def _find_interne(ine: str) -> Interne:
    interne = Interne.objects.filter(ine__iexact=ine.strip()).first() if ine.strip() else None
    if interne is None:
        raise CompteRefuse(SANS_INTERNE)
    return interne
