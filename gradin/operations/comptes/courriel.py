"""The change of one's e-mail: confirmed from the new address, announced to the old one, undone for 72 h."""

from datetime import datetime, timedelta

from django.db import transaction

from gradin.data.comptes.models import Compte
from gradin.data.internes.models import Interne
from gradin.data.profils.models import LienCourriel, NatureLien
from gradin.operations.comptes.adresses import set_adresse
from gradin.operations.comptes.historique import change_interne, lock_interne
from gradin.operations.comptes.jetons import empreinte_of
from gradin.operations.comptes.lettres import (
    lettre_confirmer_courriel,
    lettre_courriel_change,
    lettre_deja,
)
from gradin.operations.comptes.liens import read_lien, write_lien
from gradin.operations.comptes.refus import CompteRefuse
from gradin.operations.courriers import compose, enqueue
from gradin.queries.contacts import contact_of_ars
from gradin.queries.profils import freeze_of

CONFIRMER = timedelta(days=2)
ANNULER = timedelta(hours=72)
CHEMINS = {
    NatureLien.CONFIRMER: "/mon-profil/courriel/confirmer/",
    NatureLien.ANNULER: "/mon-profil/courriel/annuler/",
}
GELE = (
    "Votre adresse ne change plus de 24 heures avant votre amphithéâtre jusqu’à sa fin. "
    "Si vous n’y avez plus accès, appelez l’ARS"
)
PERIME = "Ce lien a déjà servi ou n’est plus valable. Recommencez depuis votre profil."


@transaction.atomic
def ask_courriel(compte: int, nouveau: str, *, secret: str, maintenant: datetime) -> None:
    """The password has been checked. The same answer whether the address is somebody's or nobody's."""
    row = _lock(compte)
    _refuse_frozen(compte, maintenant)
    nouveau = nouveau.strip().lower()
    if nouveau == row.email:
        raise CompteRefuse("C’est déjà votre adresse. Donnez-en une autre.", champ="courriel")
    pris = Compte.objects.filter(email=nouveau).exists()
    forget_courriel(compte, maintenant=maintenant)
    lien = _create(row, NatureLien.CONFIRMER, row.email, nouveau, secret, maintenant, CONFIRMER)
    lettre = lettre_deja("") if pris else lettre_confirmer_courriel(lien, CONFIRMER.days)
    enqueue(f"courriel-{empreinte_of(secret)[:32]}", nouveau, compose(lettre), _ms(maintenant))


def forget_courriel(compte: int, *, maintenant: datetime) -> None:
    """The change that waits for its link is given up: one UPDATE, the link opens nothing any more."""
    attente = LienCourriel.objects.filter(compte=compte, nature=NatureLien.CONFIRMER, used_at=None)
    attente.update(used_at=maintenant)


@transaction.atomic
def confirm_courriel(signe: str, *, secret: str, maintenant: datetime) -> str:
    """Opened from the new address: it becomes the account's; gives it back. `secret`: for the undoing."""
    lien = _use(signe, NatureLien.CONFIRMER, maintenant)
    _refuse_frozen(lien.compte_id, maintenant)
    if Compte.objects.filter(email=lien.nouveau).exists():
        raise CompteRefuse(PERIME)
    _write(lien.compte_id, lien.nouveau, auteur=lien.ancien, maintenant=maintenant)
    adresse = _create(lien.compte, NatureLien.ANNULER, lien.ancien, lien.nouveau, secret, maintenant, ANNULER)
    lettre = lettre_courriel_change(lien.nouveau, adresse)
    enqueue(
        f"courriel-change-{lien.pk}-{empreinte_of(secret)[:16]}",
        lien.ancien,
        compose(lettre),
        _ms(maintenant),
    )
    return lien.nouveau


@transaction.atomic
def undo_courriel(signe: str, *, maintenant: datetime) -> str:
    """Opened from the old address, frozen or not: it was never lost to its owner."""
    lien = _use(signe, NatureLien.ANNULER, maintenant)
    _write(lien.compte_id, lien.ancien, auteur=lien.ancien, maintenant=maintenant)
    # Whoever changed it knew the password: it dies with the sessions it opened.
    Compte.objects.filter(pk=lien.compte_id).update(password="!")
    return lien.ancien


def _lock(compte: int) -> Compte:
    return Compte.objects.select_for_update(no_key=True).get(pk=compte)


def _refuse_frozen(compte: int, maintenant: datetime) -> None:
    interne = Interne.objects.filter(compte=compte).first()
    if interne is not None and freeze_of(interne.pk, maintenant) is not None:
        raise CompteRefuse(f"{GELE}{contact_of_ars()}.")


def _write(compte: int, courriel: str, *, auteur: str, maintenant: datetime) -> None:
    set_adresse(compte, courriel)
    interne = Interne.objects.filter(compte=compte).first()
    if interne is not None:
        change_interne(lock_interne(interne.pk), {"courriel": courriel}, auteur=auteur, maintenant=maintenant)


def _create(
    compte: Compte,
    nature: NatureLien,
    ancien: str,
    nouveau: str,
    secret: str,
    maintenant: datetime,
    duree: timedelta,
) -> str:
    LienCourriel.objects.create(
        compte=compte,
        nature=nature,
        ancien=ancien,
        nouveau=nouveau,
        lien=empreinte_of(secret),
        created_at=maintenant,
        expires_at=maintenant + duree,
    )
    return write_lien(CHEMINS[nature], secret)


def _find(signe: str, nature: NatureLien, maintenant: datetime) -> LienCourriel | None:
    rows = LienCourriel.objects.filter(nature=nature, used_at=None, expires_at__gt=maintenant)
    return rows.select_related("compte").filter(lien=read_lien(signe) or "").first()


def _use(signe: str, nature: NatureLien, maintenant: datetime) -> LienCourriel:
    """One conditional UPDATE: the second of two clicks gets nothing."""
    lien = _find(signe, nature, maintenant)
    if lien is None or LienCourriel.objects.filter(pk=lien.pk, used_at=None).update(used_at=maintenant) != 1:
        raise CompteRefuse(PERIME)
    return lien


def _ms(maintenant: datetime) -> int:
    return round(maintenant.timestamp() * 1000)
