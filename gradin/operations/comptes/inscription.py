"""Sign-up (manual §2.1): what was typed is compared with the roster, and everybody reads the same page.

The same work is done whatever is typed: one count, three look-ups, one row, one mail. Only the ARS's queue
and the mailbox that the roster knows learn the outcome (reliability.md, C01 to C03).
"""

import logging
from dataclasses import asdict
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Count, Q

from gradin.data.internes.models import Interne
from gradin.data.profils.models import DemandeInscription, EtatDemande
from gradin.domain.identite import Identite, find_differences, fold_nom, has_no_ine
from gradin.domain.texte import fold
from gradin.operations.comptes.jetons import empreinte_of
from gradin.operations.comptes.lettres import (
    lettre_deja,
    lettre_lien,
    lettre_transmise,
)
from gradin.operations.comptes.liens import write_lien
from gradin.operations.courriers import Lettre, compose, enqueue
from gradin.queries.contacts import contact_of_ars

logger = logging.getLogger(__name__)

VALIDITE = timedelta(days=7)
FENETRE = timedelta(hours=1)
# Requests of one hour that one INE, one birth date, one typed address, everybody together may make.
PAR_INE, PAR_NAISSANCE, PAR_COURRIEL, EN_TOUT = 5, 20, 3, 3_000
CHEMIN = "/inscription/finaliser/"
EN_ATTENTE = (EtatDemande.LIEN, EtatDemande.ACCEPTEE)


@transaction.atomic
def ask_inscription(saisie: Identite, *, secret: str, maintenant: datetime) -> None:
    """Says nothing of the outcome, by intention: there is nothing here that a view could show."""
    throttled = _is_throttled(saisie, maintenant)
    interne = find_nearest(saisie)
    differences = find_differences(saisie, identite_of(interne)) if interne else ("interne",)
    if throttled:
        logger.warning("inscription: too many requests in an hour")
        return
    etat = _etat(interne, differences)
    _replace_earlier(interne, saisie.courriel, etat)
    demande = DemandeInscription.objects.create(
        **asdict(saisie),
        interne=interne,
        differences=[nom for nom in differences if nom != "interne"],
        etat=etat,
        created_at=maintenant,
        lien=empreinte_of(secret),
        lien_expires_at=maintenant + VALIDITE,
    )
    lettre = _lettre(etat, saisie.prenom, write_lien(CHEMIN, secret))
    send(demande, lettre, maintenant)


def find_nearest(saisie: Identite) -> Interne | None:
    """By INE, else by birth date and name, else by name alone; nobody when two come as near."""
    by_ine = list(Interne.objects.select_related("compte").filter(ine__iexact=saisie.ine)[:2])
    by_naissance = [row for row in _born(saisie.ne_le) if _same_name(saisie, row)]
    by_nom = list(
        Interne.objects.select_related("compte").filter(cle_tri=fold(f"{saisie.nom} {saisie.prenom}")[:400])[
            :2
        ]
    )
    found = (by_ine if not has_no_ine(saisie.ine) else []) or by_naissance or by_nom
    return found[0] if len(found) == 1 else None


def identite_of(interne: Interne) -> Identite:
    return Identite(
        ine=interne.ine,
        nom=interne.nom,
        prenom=interne.prenom,
        ne_le=interne.ne_le,
        courriel=interne.courriel,
        telephone=interne.telephone,
    )


def send(demande: DemandeInscription, lettre: Lettre, maintenant: datetime) -> None:
    """One mail for each link drawn and each state reached: the key follows them."""
    cle = f"inscription-{demande.pk}-{demande.etat}-{demande.lien[:16]}"
    enqueue(cle, demande.courriel, compose(lettre), round(maintenant.timestamp() * 1000))


def _is_throttled(saisie: Identite, maintenant: datetime) -> bool:
    """Counted in the store: the same for every process, and for known and unknown people."""
    comptes = DemandeInscription.objects.filter(created_at__gt=maintenant - FENETRE).aggregate(
        tout=Count("pk"),
        ine=Count("pk", filter=Q(ine=saisie.ine)),
        naissance=Count("pk", filter=Q(ne_le=saisie.ne_le)),
        courriel=Count("pk", filter=Q(courriel=saisie.courriel)),
    )
    return (
        comptes["tout"] >= EN_TOUT
        or (comptes["ine"] >= PAR_INE and not has_no_ine(saisie.ine))
        or comptes["naissance"] >= PAR_NAISSANCE
        or comptes["courriel"] >= PAR_COURRIEL
    )


def _born(ne_le: date | None) -> list[Interne]:
    return list(Interne.objects.select_related("compte").filter(ne_le=ne_le)) if ne_le else []


def _same_name(saisie: Identite, row: Interne) -> bool:
    return fold_nom(saisie.nom + saisie.prenom) == fold_nom(row.nom + row.prenom)


def _etat(interne: Interne | None, differences: tuple[str, ...]) -> EtatDemande:
    if interne is None or differences:
        return EtatDemande.A_TRAITER
    return EtatDemande.FINIE if _has_signed_up(interne) else EtatDemande.LIEN


def _has_signed_up(interne: Interne) -> bool:
    """An account without password is a seat in a rehearsal: its owner has not come yet."""
    return interne.compte is not None and interne.compte.has_usable_password()


def _replace_earlier(interne: Interne | None, courriel: str, etat: EtatDemande) -> None:
    """A new link ends the earlier one; the queue holds one line a person and address."""
    memes = DemandeInscription.objects.filter(interne=interne, courriel=courriel)
    memes.filter(etat=etat, lien_used_at=None).update(etat=EtatDemande.REMPLACEE)


def _lettre(etat: EtatDemande, prenom: str, adresse: str) -> Lettre:
    """All three are written to whoever asks, so that each request costs the same."""
    lettres = {
        EtatDemande.LIEN: lettre_lien(prenom, adresse, VALIDITE.days),
        EtatDemande.FINIE: lettre_deja(prenom),
        EtatDemande.A_TRAITER: lettre_transmise(contact_of_ars()),
    }
    return lettres[etat]
