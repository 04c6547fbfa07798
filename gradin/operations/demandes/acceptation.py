"""What the one invited does: accepts with the mandant's code, or declines."""

from dataclasses import dataclass

from django.db import transaction

from gradin.data.comptes.models import Compte, Role
from gradin.data.demandes.models import EtatProcuration, Procuration, Representant
from gradin.data.internes.models import Inscription
from gradin.domain.amphi.commands import AnnulerProcuration
from gradin.operations.courriers.enqueue import instant
from gradin.operations.demandes import courriers, secret
from gradin.operations.demandes.amphis import Sejour, check_has_not_chosen, lock_sejours, record
from gradin.operations.demandes.mouvements import note_procuration
from gradin.operations.demandes.procuration import DEJA_CHOISI, bind, end, inscription_named, standing
from gradin.operations.demandes.refus import DemandeRefusee

ESSAIS = 5
LIEN_FINI = (
    "Ce lien ne sert plus : la procuration est déjà acceptée, annulée, "
    "ou renvoyée par un courriel plus récent."
)
LIEN_PERIME = "Ce lien n’est plus valable. Demandez à la personne qui vous l’a envoyé de le renvoyer."
TROP_D_ESSAIS = "Trop de codes faux : ce lien est fermé. Demandez à la personne de renvoyer l’invitation."
CODE_FAUX = "Ce code n’est pas le bon. Demandez-le à la personne qui vous donne procuration."
UNE_SEULE = (
    "Vous détenez déjà une procuration pour ce semestre, et une personne ne peut en avoir qu’une. "
    "Prévenez la personne qui vous invite."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NouveauCompte:
    """Who has no account yet: one is made with the procuration, never before."""

    nom: str
    mot_de_passe: str


def accept_procuration(
    jeton: str, code: str, *, compte: int | None, nouveau: NouveauCompte | None = None, maintenant: int
) -> int:
    """The account that now chooses: the one signed in, else a new one of the address invited.

    A wrong code is counted even though nothing else changes. Raises DemandeRefusee.
    """
    refus, mandataire = _accept(jeton, code, compte, nouveau, maintenant)
    if refus is not None:
        raise refus
    assert mandataire is not None
    return mandataire


@transaction.atomic
def _accept(
    jeton: str, code: str, compte: int | None, nouveau: NouveauCompte | None, maintenant: int
) -> tuple[DemandeRefusee | None, int | None]:
    inscription = inscription_of(jeton)
    sejours = lock_sejours(inscription)
    procuration = standing_by(jeton, inscription, maintenant)
    if not secret.is_code(procuration, code):
        Procuration.objects.filter(pk=procuration.pk).update(essais=procuration.essais + 1)
        return DemandeRefusee(CODE_FAUX, champ="code"), None
    check_has_not_chosen(inscription, DEJA_CHOISI)
    mandataire = _existing(compte) if compte is not None else _create(procuration, nouveau, maintenant)
    check_may_hold(mandataire, procuration, deja=UNE_SEULE)
    procuration.etat, procuration.mandataire = EtatProcuration.ACCEPTEE, mandataire
    procuration.accepted_at = maintenant
    procuration.save(update_fields=["etat", "mandataire", "accepted_at"])
    note_procuration(procuration, "acceptation", mandataire.pk, maintenant)
    bind(sejours, procuration, auteur=mandataire.pk, maintenant=maintenant)
    courriers.mail_acceptee(procuration, mandataire.nom_affiche or mandataire.email, maintenant)
    return None, mandataire.pk


def inscription_of(jeton: str) -> Inscription:
    lu = secret.procuration_of(jeton)
    row = Procuration.objects.filter(cle=lu[0]).values_list("inscription").first() if lu else None
    if row is None:
        raise DemandeRefusee(LIEN_PERIME)
    return inscription_named(row[0])


def standing_by(jeton: str, inscription: Inscription, maintenant: int) -> Procuration:
    """The procuration that this link still opens, locked; raises DemandeRefusee."""
    try:
        procuration = standing(inscription)
    except DemandeRefusee:
        raise DemandeRefusee(LIEN_FINI) from None
    if secret.procuration_of(jeton) != (procuration.cle, procuration.envois):
        raise DemandeRefusee(LIEN_FINI)
    if procuration.etat != EtatProcuration.ENVOYEE:
        raise DemandeRefusee(LIEN_FINI)
    if maintenant > procuration.expires_at:
        raise DemandeRefusee(LIEN_PERIME)
    if procuration.essais >= ESSAIS:
        raise DemandeRefusee(TROP_D_ESSAIS)
    return procuration


def _existing(pk: int) -> Compte:
    """Locked, so that two procurations accepted at once by one account are counted."""
    return Compte.objects.select_for_update(of=("self",), no_key=True).get(pk=pk, is_active=True)


def _create(procuration: Procuration, nouveau: NouveauCompte | None, maintenant: int) -> Compte:
    """One person, one account: an address that has one signs in with it."""
    if Compte.objects.filter(email=procuration.courriel).exists():
        raise DemandeRefusee("Un compte existe déjà à cette adresse : connectez-vous pour accepter.")
    if nouveau is None:
        raise DemandeRefusee("Choisissez un mot de passe pour créer votre compte.")
    return Compte.objects.create_user(
        procuration.courriel,
        nouveau.mot_de_passe,
        nom_affiche=nouveau.nom.strip(),
        created_at=instant(maintenant),
    )


def check_may_hold(mandataire: Compte, procuration: Procuration, *, deja: str) -> None:
    """`deja`: what is said of somebody who holds another one; raises DemandeRefusee."""
    if mandataire.pk == procuration.inscription.interne.compte_id:
        raise DemandeRefusee("Cette procuration est la vôtre : elle s’accepte par une autre personne.")
    if mandataire.role in (Role.AGENT, Role.ADMINISTRATEUR):
        raise DemandeRefusee("Un gestionnaire de l’ARS ne peut pas être mandataire.")
    held = Procuration.objects.filter(
        mandataire=mandataire, semestre=procuration.semestre_id, ended_at=None
    ).exclude(pk=procuration.pk)
    if held.exists() and not may_hold_several(mandataire.email, procuration.inscription.subdivision_id):
        raise DemandeRefusee(deja)


def may_hold_several(courriel: str, subdivision: int) -> bool:
    return Representant.objects.filter(courriel=courriel.lower(), subdivision=subdivision).exists()


@transaction.atomic
def decline_invitation(jeton: str, *, maintenant: int) -> None:
    """« Je refuse », from the link: the mandant chooses again at once and is told."""
    inscription = inscription_of(jeton)
    sejours = lock_sejours(inscription)
    procuration = standing_by(jeton, inscription, maintenant)
    _give_back(procuration, sejours, None, maintenant)


@transaction.atomic
def renounce(cle: str, *, compte: int, maintenant: int) -> None:
    """The mandataire gives the choice back, until it is made."""
    row = Procuration.objects.filter(cle=cle, mandataire=compte, ended_at=None).first()
    if row is None:
        raise DemandeRefusee("Cette procuration n’est plus en cours.")
    inscription = inscription_named(row.inscription_id)
    sejours = lock_sejours(inscription)
    check_has_not_chosen(inscription, DEJA_CHOISI)
    procuration = standing(inscription)
    if procuration.mandataire_id != compte:
        raise DemandeRefusee("Cette procuration n’est plus en cours.")
    _give_back(procuration, sejours, compte, maintenant)


def _give_back(
    procuration: Procuration, sejours: tuple[Sejour, ...], auteur: int | None, maintenant: int
) -> None:
    end(procuration, EtatProcuration.DECLINEE, auteur, maintenant)
    record(sejours, lambda n: AnnulerProcuration(interne=n), auteur=auteur, maintenant=maintenant)
    courriers.mail_declinee(procuration, maintenant)
