"""A change of type de choix: asked by the interne, decided by the ARS, in force from that moment on."""

from datetime import date

from django.db import transaction

from gradin.data.demandes.models import DemandeStatut, EtatDemande
from gradin.data.internes.models import Inscription, TypeChoix
from gradin.domain.amphi.commands import ChangerTypeChoix
from gradin.domain.eligibilite.situation import TypeChoix as TypeChoixMoteur
from gradin.operations.demandes.amphis import check_has_not_chosen, lock_sejours, record
from gradin.operations.demandes.courriers import mail_statut
from gradin.operations.demandes.mouvements import note_statut
from gradin.operations.demandes.procuration import inscription_named
from gradin.operations.demandes.refus import DemandeRefusee

DEJA_CHOISI = "Le poste n° {poste} est déjà choisi : le type de choix ne change plus ce semestre."
MOTIF = "Demande de changement de statut acceptée"


@transaction.atomic
def ask_statut(inscription_id: int, souhaite: str, *, auteur: int, maintenant: int) -> int:
    """One demand at a time; « classique » is asked for in the same way. Raises DemandeRefusee."""
    inscription = _lock(inscription_id)
    if souhaite not in TypeChoix.values:
        raise DemandeRefusee("Choisissez un type de choix dans la liste.", champ="souhaite")
    if souhaite == inscription.type_choix:
        raise DemandeRefusee("C’est déjà votre type de choix : il n’y a rien à demander.", champ="souhaite")
    if DemandeStatut.objects.filter(inscription=inscription, etat=EtatDemande.EN_COURS).exists():
        raise DemandeRefusee("Une demande est déjà en cours. Retirez-la pour en faire une autre.")
    check_has_not_chosen(inscription, DEJA_CHOISI)
    demande = DemandeStatut.objects.create(inscription=inscription, souhaite=souhaite, asked_at=maintenant)
    note_statut(demande, "demande", auteur, maintenant)
    return demande.pk


@transaction.atomic
def withdraw_statut(inscription_id: int, *, auteur: int, maintenant: int) -> None:
    """By the interne, while nobody has decided."""
    inscription = _lock(inscription_id)
    demande = DemandeStatut.objects.filter(inscription=inscription, etat=EtatDemande.EN_COURS).first()
    if demande is None:
        raise DemandeRefusee("Aucune demande n’est en cours : l’ARS a peut-être déjà répondu.")
    _settle(demande, EtatDemande.RETIREE, None, maintenant)
    note_statut(demande, "retrait", auteur, maintenant)


@transaction.atomic
def receive_justificatifs(demande_id: int, le: date, *, agent: int, maintenant: int) -> None:
    """The day only: the papers themselves never enter the platform."""
    demande = _pending(demande_id)
    demande.justificatifs_recus_le = le
    demande.save(update_fields=["justificatifs_recus_le"])
    note_statut(demande, "justificatifs", agent, maintenant)


@transaction.atomic
def accept_statut(demande_id: int, *, agent: int, maintenant: int) -> None:
    """In force from the event on, also in an open tour (A12); nothing before it is judged again."""
    pk = DemandeStatut.objects.values_list("inscription", flat=True).get(pk=demande_id)
    inscription = inscription_named(pk)
    sejours = lock_sejours(inscription)
    demande = _pending(demande_id)
    check_has_not_chosen(inscription, DEJA_CHOISI)
    voulu = TypeChoixMoteur(demande.souhaite)

    def command(numero: int) -> ChangerTypeChoix:
        return ChangerTypeChoix(interne=numero, type_choix=voulu, motif=MOTIF)

    record(sejours, command, auteur=agent, maintenant=maintenant)
    _write_type(inscription.pk, demande.souhaite)
    _settle(demande, EtatDemande.ACCEPTEE, agent, maintenant)
    note_statut(demande, "acceptation", agent, maintenant)
    mail_statut(demande, maintenant)


@transaction.atomic
def refuse_statut(demande_id: int, motif: str, *, agent: int, maintenant: int) -> None:
    """With a reason, which the interne alone reads in his profile."""
    demande = _pending(demande_id)
    if not motif.strip():
        raise DemandeRefusee("Un refus se motive : l’interne lira ce motif.", champ="motif")
    demande.motif_refus = motif.strip()[:500]
    demande.save(update_fields=["motif_refus"])
    _settle(demande, EtatDemande.REFUSEE, agent, maintenant)
    note_statut(demande, "refus", agent, maintenant)
    mail_statut(demande, maintenant)


def _lock(inscription_id: int) -> Inscription:
    return Inscription.objects.select_for_update(of=("self",), no_key=True).get(pk=inscription_id)


def _pending(demande_id: int) -> DemandeStatut:
    demande = (
        DemandeStatut.objects.select_for_update(of=("self",), no_key=True)
        .select_related("inscription__interne", "inscription__subdivision")
        .get(pk=demande_id)
    )
    if demande.etat != EtatDemande.EN_COURS:
        raise DemandeRefusee(f"Cette demande n’attend plus : « {demande.get_etat_display()} ».")
    return demande


def _write_type(inscription_id: int, type_choix: str) -> None:
    """What was decided here is kept by the next import of the roster."""
    inscription = _lock(inscription_id)
    inscription.type_choix = type_choix
    inscription.champs_modifies = sorted({*inscription.champs_modifies, "type_choix"})
    inscription.save(update_fields=["type_choix", "champs_modifies"])


def _settle(demande: DemandeStatut, etat: EtatDemande, agent: int | None, maintenant: int) -> None:
    demande.etat, demande.decided_at, demande.decided_by_id = etat, maintenant, agent
    demande.save(update_fields=["etat", "decided_at", "decided_by"])
