"""A procuration on paper whose mandataire came in person: the agent saw him, and he accepted there.

rules.md §5 asks for an acceptance, not for a link: the agent is its witness, and its record bears his name.
"""

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.db import transaction

from gradin.data.comptes.models import Compte
from gradin.data.demandes.models import EtatProcuration, Procuration
from gradin.data.internes.models import Inscription
from gradin.operations.courriers.adresse import site_url
from gradin.operations.courriers.enqueue import instant
from gradin.operations.demandes import courriers
from gradin.operations.demandes.acceptation import check_may_hold
from gradin.operations.demandes.amphis import check_has_not_chosen, check_tour_not_open, lock_sejours
from gradin.operations.demandes.mouvements import note_procuration
from gradin.operations.demandes.procuration import (
    DEJA_CHOISI,
    Contact,
    bind,
    establish,
    inscription_named,
)
from gradin.operations.demandes.refus import DemandeRefusee

DETIENT_DEJA = (
    "Cette personne détient déjà une procuration pour ce semestre. "
    "Autorisez-la comme représentant, ou donnez une autre adresse."
)


@transaction.atomic
def record_en_presence(
    inscription_id: int, contact: Contact, nom: str, *, agent: int, maintenant: int
) -> int:
    """In force and accepted at once; an invitation to him that still waits is the one accepted.

    `nom`: of a mandataire without an account, who gets one and chooses his password by his mail.
    Raises DemandeRefusee.
    """
    inscription = inscription_named(inscription_id)
    sejours = lock_sejours(inscription)
    check_has_not_chosen(inscription, DEJA_CHOISI)
    check_tour_not_open(sejours)
    procuration = _waiting(inscription, contact) or establish(
        inscription, contact, auteur=agent, maintenant=maintenant, papier=True
    )
    mandataire = _compte(procuration.courriel, nom, maintenant)
    check_may_hold(mandataire, procuration, deja=DETIENT_DEJA)
    procuration.etat, procuration.mandataire = EtatProcuration.ACCEPTEE, mandataire
    procuration.papier, procuration.accepted_at = True, maintenant
    procuration.save(update_fields=["etat", "mandataire", "papier", "accepted_at"])
    note_procuration(procuration, "acceptation_presence", agent, maintenant)
    bind(sejours, procuration, auteur=agent, maintenant=maintenant)
    courriers.mail_acceptee(procuration, mandataire.nom_affiche or mandataire.email, maintenant)
    courriers.mail_enregistree(procuration, _where_to_enter(mandataire), maintenant)
    return procuration.pk


def _waiting(inscription: Inscription, contact: Contact) -> Procuration | None:
    """The invitation already sent to this address, locked."""
    return (
        Procuration.objects.select_for_update(of=("self",), no_key=True)
        .select_related("inscription__interne", "inscription__subdivision")
        .filter(
            inscription=inscription,
            ended_at=None,
            etat=EtatProcuration.ENVOYEE,
            courriel=contact.courriel.strip().lower(),
        )
        .first()
    )


def _compte(courriel: str, nom: str, maintenant: int) -> Compte:
    """One person, one account. Locked, so that two procurations given at once are counted."""
    connu = Compte.objects.select_for_update(of=("self",), no_key=True).filter(email=courriel).first()
    if connu is not None and not connu.is_active:
        raise DemandeRefusee("Le compte de cette adresse est fermé. Donnez-en une autre.", champ="courriel")
    if connu is None and not nom.strip():
        raise DemandeRefusee(
            "Cette adresse n’a pas encore de compte\u00a0: écrivez le prénom et le nom du mandataire.",
            champ="nom",
        )
    return connu or Compte.objects.create_user(
        courriel, None, nom_affiche=nom.strip(), created_at=instant(maintenant)
    )


def _where_to_enter(mandataire: Compte) -> str:
    """The sign-in page; for who has no password yet, the link that chooses it (three days, once)."""
    if mandataire.has_usable_password():
        return site_url("/connexion/")
    cle = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(mandataire)
    return site_url(f"/mot-de-passe/{user_pk_to_url_str(mandataire)}-{cle}/")
