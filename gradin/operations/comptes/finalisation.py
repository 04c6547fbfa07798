"""« Finaliser mon inscription » (manual §2.2): the link serves once, the birth date must be the known one."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, QuerySet

from gradin.data.comptes.models import Compte, Role
from gradin.data.internes.models import Interne
from gradin.data.profils.models import DemandeInscription, EtatDemande
from gradin.operations.comptes.adresses import set_adresse
from gradin.operations.comptes.historique import lock_interne, record
from gradin.operations.comptes.inscription import EN_ATTENTE, send
from gradin.operations.comptes.lettres import lettre_finie
from gradin.operations.comptes.liens import read_lien
from gradin.operations.comptes.profil import set_coordonnees, set_question
from gradin.operations.comptes.refus import CompteRefuse
from gradin.queries.contacts import contact_of_ars

ESSAIS = 5
PERIME = "Ce lien a déjà servi ou n’est plus valable. Recommencez l’inscription pour en recevoir un autre."
FINI = "Ce lien a déjà servi\u00a0: votre inscription est terminée. Connectez-vous."
NAISSANCE = "Cette date n’est pas celle que l’ARS connaît. Vérifiez-la, ou contactez l’ARS"
OCCUPE = "Cette adresse est celle d’un autre compte. Contactez l’ARS"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finalisation:
    """What the form gave; `mot_de_passe` and `reponse` are already hashed."""

    mot_de_passe: str
    ne_le: date
    telephone: str
    adresse: str
    ufr: int | None
    question: str
    reponse: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LienOuvert:
    """What the page may show to who holds the mail: only what was typed to obtain it."""

    prenom: str
    courriel: str
    ne_le: date | None
    telephone: str


def open_lien(signe: str, maintenant: datetime) -> LienOuvert | None:
    row = _standing(signe, maintenant).first()
    if row is None:
        return None
    return LienOuvert(prenom=row.prenom, courriel=row.courriel, ne_le=row.ne_le, telephone=row.telephone)


def finish_inscription(signe: str, saisie: Finalisation, *, maintenant: datetime) -> str:
    """The account is open; gives back its e-mail. A wrong birth date costs one of five tries."""
    row = _standing(signe, maintenant).select_related("interne").first()
    if row is None or row.interne is None:
        raise CompteRefuse(FINI if _has_served(signe) else PERIME)
    if saisie.ne_le not in _known_births(row, row.interne):
        DemandeInscription.objects.filter(pk=row.pk).update(essais=F("essais") + 1)
        raise CompteRefuse(f"{NAISSANCE}{contact_of_ars()}.", champ="ne_le")
    return _finish(row, row.interne.pk, saisie, maintenant)


@transaction.atomic
def _finish(row: DemandeInscription, pk: int, saisie: Finalisation, maintenant: datetime) -> str:
    """The conditional UPDATE comes first: of two clicks one opens the account."""
    unused = DemandeInscription.objects.filter(pk=row.pk, lien=row.lien, lien_used_at=None)
    if unused.update(lien_used_at=maintenant, etat=EtatDemande.FINIE) != 1:
        raise CompteRefuse(FINI)
    interne = lock_interne(pk)
    compte = _open_compte(interne, row.courriel, saisie.mot_de_passe, maintenant)
    set_coordonnees(
        pk,
        telephone=saisie.telephone,
        adresse=saisie.adresse,
        ufr=saisie.ufr,
        auteur=compte.email,
        maintenant=maintenant,
    )
    set_question(
        pk, question=saisie.question, reponse=saisie.reponse, auteur=compte.email, maintenant=maintenant
    )
    row.etat = EtatDemande.FINIE
    send(row, lettre_finie(interne.prenom), maintenant)
    return compte.email


def _standing(signe: str, maintenant: datetime) -> QuerySet[DemandeInscription]:
    """Links that still open something."""
    return DemandeInscription.objects.filter(
        lien=read_lien(signe) or "",
        etat__in=EN_ATTENTE,
        lien_used_at=None,
        lien_expires_at__gt=maintenant,
        essais__lt=ESSAIS,
    )


def _has_served(signe: str) -> bool:
    """Who holds the link may know that it opened the account: he clicked twice."""
    rows = DemandeInscription.objects.filter(lien=read_lien(signe) or "", etat=EtatDemande.FINIE)
    return rows.exclude(lien_used_at=None).exists()


def _known_births(row: DemandeInscription, interne: Interne) -> tuple[date | None, ...]:
    """The roster's; what was typed too, once the ARS accepted it or when the roster knows none."""
    if interne.ne_le is None or row.etat == EtatDemande.ACCEPTEE:
        return interne.ne_le, row.ne_le
    return (interne.ne_le,)


def _open_compte(interne: Interne, courriel: str, mot_de_passe: str, maintenant: datetime) -> Compte:
    """The interne's own account, else one that this address already has as a mandataire, else a new one."""
    autre = Compte.objects.filter(email=courriel).first()
    compte = interne.compte or autre or Compte(email=courriel, created_at=maintenant)
    if autre is not None and (autre != compte or _is_somebody_else(autre, interne)):
        raise CompteRefuse(f"{OCCUPE}{contact_of_ars()}.")
    compte.email, compte.password = courriel, mot_de_passe
    compte.nom_affiche = str(interne)
    compte.save()
    set_adresse(compte.pk, courriel)
    if interne.compte_id != compte.pk:
        Interne.objects.filter(pk=interne.pk).update(compte=compte)
        record(interne, "compte", avant="", apres=courriel, auteur=courriel, maintenant=maintenant)
    return compte


def _is_somebody_else(compte: Compte, interne: Interne) -> bool:
    """An agent's account, a closed one, or another interne's is never taken over."""
    pris = Interne.objects.filter(compte=compte).exclude(pk=interne.pk).exists()
    return compte.role != Role.INTERNE or not compte.is_active or pris
