"""A procuration, as its mandant gives it, changes it and takes it back (rules.md §5).

Locks, always in this order: the amphis of the inscription, then the procuration's row.
"""

import secrets
from dataclasses import dataclass

from django.db import transaction

from gradin.data.comptes.models import Compte, Role
from gradin.data.demandes.models import EtatProcuration, Procuration
from gradin.data.internes.models import Inscription
from gradin.domain.amphi.commands import AnnulerProcuration, FixerProcuration
from gradin.operations.amphis.depart import mandataire_of
from gradin.operations.demandes import courriers
from gradin.operations.demandes.amphis import (
    Sejour,
    check_has_not_chosen,
    check_tour_not_open,
    lock_sejours,
    record,
)
from gradin.operations.demandes.mouvements import note_procuration
from gradin.operations.demandes.refus import DemandeRefusee
from gradin.operations.demandes.secret import code_of

DUREE_LIEN_MS = 7 * 24 * 3_600_000
DEJA_CHOISI = "Le poste n° {poste} est déjà choisi : la procuration ne change plus rien."
CHOISI_AVANT = (
    "Votre mandataire a déjà choisi le poste n° {poste} : la procuration ne peut plus être annulée."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Whom the mandant names."""

    courriel: str
    telephone: str


@transaction.atomic
def send_procuration(inscription_id: int, contact: Contact, *, auteur: int, maintenant: int) -> int:
    """Binds at once: the mandant no longer chooses. A procuration that stands is replaced. Gives its id.

    Raises DemandeRefusee.
    """
    return _send(inscription_id, contact, auteur=auteur, maintenant=maintenant, papier=False).pk


@transaction.atomic
def record_procuration_papier(inscription_id: int, contact: Contact, *, agent: int, maintenant: int) -> int:
    """Brought on paper to the ARS, until the tour; the mandataire accepts by his link like any other."""
    return _send(inscription_id, contact, auteur=agent, maintenant=maintenant, papier=True).pk


def _send(
    inscription_id: int, contact: Contact, *, auteur: int, maintenant: int, papier: bool
) -> Procuration:
    inscription = inscription_named(inscription_id)
    sejours = lock_sejours(inscription)
    check_has_not_chosen(inscription, DEJA_CHOISI)
    if papier:
        check_tour_not_open(sejours)
    procuration = establish(inscription, contact, auteur=auteur, maintenant=maintenant, papier=papier)
    courriers.mail_envoi(procuration, maintenant)
    courriers.mail_invitation(procuration, maintenant)
    bind(sejours, procuration, auteur=auteur, maintenant=maintenant)
    return procuration


def establish(
    inscription: Inscription, contact: Contact, *, auteur: int, maintenant: int, papier: bool
) -> Procuration:
    """The row and its record; the caller has locked the amphis, and tells them and the two people."""
    courriel = contact.courriel.strip().lower()
    _check_somebody_else(inscription, courriel)
    _replace_standing(inscription, courriel, auteur, maintenant)
    procuration = Procuration.objects.create(
        cle=secrets.token_urlsafe(16),
        inscription=inscription,
        semestre_id=inscription.semestre_id,
        courriel=courriel,
        telephone=contact.telephone.strip(),
        papier=papier,
        sent_at=maintenant,
        expires_at=maintenant + DUREE_LIEN_MS,
    )
    note_procuration(procuration, "envoi_papier" if papier else "envoi", auteur, maintenant)
    return procuration


def bind(sejours: tuple[Sejour, ...], procuration: Procuration, *, auteur: int, maintenant: int) -> None:
    """What the running amphis record: who may choose, or that nobody may yet."""
    acceptee = procuration.etat == EtatProcuration.ACCEPTEE
    nom = mandataire_of(procuration)

    def command(numero: int) -> FixerProcuration:
        return FixerProcuration(interne=numero, mandataire=nom, acceptee=acceptee)

    record(sejours, command, auteur=auteur, maintenant=maintenant)


@transaction.atomic
def resend_procuration(inscription_id: int, *, auteur: int, maintenant: int) -> None:
    """A new link and a new code; the former ones open nothing any more."""
    inscription = inscription_named(inscription_id)
    lock_sejours(inscription)
    procuration = standing(inscription)
    if procuration.etat != EtatProcuration.ENVOYEE:
        raise DemandeRefusee("Cette procuration est déjà acceptée : il n’y a rien à renvoyer.")
    procuration.envois += 1
    procuration.essais = 0
    procuration.expires_at = maintenant + DUREE_LIEN_MS
    procuration.save(update_fields=["envois", "essais", "expires_at"])
    note_procuration(procuration, "renvoi", auteur, maintenant)
    courriers.mail_invitation(procuration, maintenant)


@transaction.atomic
def cancel_procuration(inscription_id: int, *, auteur: int, maintenant: int) -> None:
    """The mandant chooses again at once. Refused once the mandataire has chosen: one of the two wins."""
    inscription = inscription_named(inscription_id)
    sejours = lock_sejours(inscription)
    check_has_not_chosen(inscription, CHOISI_AVANT)
    procuration = standing(inscription)
    end(procuration, EtatProcuration.ANNULEE, auteur, maintenant)
    record(sejours, lambda n: AnnulerProcuration(interne=n), auteur=auteur, maintenant=maintenant)
    courriers.mail_annulee(procuration, maintenant)


def end(procuration: Procuration, etat: EtatProcuration, auteur: int | None, maintenant: int) -> None:
    procuration.etat, procuration.ended_at = etat, maintenant
    procuration.save(update_fields=["etat", "ended_at"])
    note_procuration(procuration, str(etat), auteur, maintenant)


def inscription_named(pk: int) -> Inscription:
    """Raises Inscription.DoesNotExist."""
    return Inscription.objects.select_related("interne__compte", "subdivision", "semestre").get(pk=pk)


def standing(inscription: Inscription) -> Procuration:
    """The procuration in force, locked; raises DemandeRefusee."""
    procuration = (
        Procuration.objects.select_for_update(of=("self",), no_key=True)
        .select_related("inscription__interne", "inscription__subdivision")
        .filter(inscription=inscription, ended_at=None)
        .first()
    )
    if procuration is None:
        raise DemandeRefusee("Aucune procuration n’est en cours. Vous choisissez vous-même.")
    return procuration


def _check_somebody_else(inscription: Inscription, courriel: str) -> None:
    compte = inscription.interne.compte
    own = {inscription.interne.courriel.lower(), compte.email.lower() if compte else ""}
    if courriel in own:
        raise DemandeRefusee(
            "Cette adresse est la vôtre : donnez celle de la personne qui choisira pour vous.",
            champ="courriel",
        )
    agent = Compte.objects.filter(email=courriel, role__in=(Role.AGENT, Role.ADMINISTRATEUR)).exists()
    if agent:
        raise DemandeRefusee(
            "Un gestionnaire de l’ARS ne peut pas être mandataire. Donnez une autre adresse.",
            champ="courriel",
        )


def _replace_standing(inscription: Inscription, courriel: str, auteur: int, maintenant: int) -> None:
    former = (
        Procuration.objects.select_for_update(of=("self",), no_key=True)
        .select_related("inscription__interne", "inscription__subdivision")
        .filter(inscription=inscription, ended_at=None)
        .first()
    )
    if former is None:
        return
    if former.courriel == courriel:
        raise DemandeRefusee(
            "Cette personne a déjà votre procuration. Renvoyez-lui le courriel si elle ne l’a pas reçu.",
            champ="courriel",
        )
    end(former, EtatProcuration.ANNULEE, auteur, maintenant)
    courriers.mail_remplacee(former, maintenant)


def read_code(procuration_id: int) -> str:
    """For the mandant's own page, or the agent who recorded it on paper."""
    return code_of(Procuration.objects.get(pk=procuration_id))
