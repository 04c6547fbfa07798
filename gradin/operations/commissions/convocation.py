"""Convenes the members by e-mail, each with his signed link: no account, expiring, revocable."""

import secrets
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from gradin.data.commissions.models import Commission, LienMembre, MembreCommission
from gradin.operations.commissions.refus import CommissionRefusee
from gradin.operations.commissions.seances import APRES_MS, lock_open, record
from gradin.operations.courriers import Lettre, Lien, compose, enqueue
from gradin.operations.courriers.adresse import site_url
from gradin.operations.liens_signes import sign_cle, unsign_jeton
from gradin.queries.reports import say_moment
from gradin.queries.visiteurs import Visiteur

SEL = "gradin.commissions.lien"


@transaction.atomic
def convene(pk: int, visiteur: Visiteur, maintenant: int, membre: int | None = None) -> int:
    """All of them, or one again. How many were written to. Raises CommissionRefusee, Interdit."""
    row = lock_open(pk, visiteur)
    vises = row.membres.filter(pk=membre) if membre else row.membres.all()
    membres = [*vises]
    if not membres:
        raise CommissionRefusee("Ajoutez d’abord des membres.")
    if row.debut + APRES_MS <= maintenant:
        raise CommissionRefusee("Cette commission est passée depuis un mois\u00a0: un lien n’ouvrirait rien.")
    for un in membres:
        _write(row, un, issue_lien(un, row.debut + APRES_MS, maintenant), maintenant)
    vises.update(convened_at=maintenant)
    Commission.objects.filter(pk=pk).update(convened_at=maintenant)
    record(row, "convoquer", visiteur, maintenant, nombre=len(membres))
    return len(membres)


@transaction.atomic
def cancel_commission(pk: int, visiteur: Visiteur, maintenant: int) -> int:
    """It is not held: its links close, who was convened is told. How many were. Raises CommissionRefusee."""
    row = lock_open(pk, visiteur)
    if row.points.exclude(sens="").exists():
        raise CommissionRefusee("Une décision est déjà écrite\u00a0: cette commission a eu lieu.")
    if row.demandes.exists():
        raise CommissionRefusee(
            "Des demandes d’agrément ont reçu sa décision\u00a0: cette commission a eu lieu."
        )
    convoques = [*row.membres.exclude(convened_at=None)]
    for membre in convoques:
        _tell_cancelled(row, membre, maintenant)
    LienMembre.objects.filter(membre__commission=row, revoked_at=None).update(revoked_at=maintenant)
    row.cancelled_at = maintenant
    row.save(update_fields=["cancelled_at"])
    record(row, "annuler", visiteur, maintenant, nombre=len(convoques))
    return len(convoques)


def issue_lien(membre: MembreCommission, expire: int, maintenant: int) -> LienMembre:
    """Those before it open nothing any more."""
    LienMembre.objects.filter(membre=membre, revoked_at=None).update(revoked_at=maintenant)
    return LienMembre.objects.create(
        membre=membre, cle=secrets.token_urlsafe(18), created_at=maintenant, expires_at=expire
    )


def open_lien(jeton: str, maintenant: int) -> int | None:
    """The commission that this link opens now; None for one that is not ours, expired or revoked."""
    cle = unsign_jeton(SEL, jeton)
    if cle is None:
        return None
    liens = LienMembre.objects.filter(cle=cle, revoked_at=None, expires_at__gt=maintenant)
    return liens.values_list("membre__commission", flat=True).first()


def note_use(jeton: str, maintenant: int) -> None:
    LienMembre.objects.filter(cle=unsign_jeton(SEL, jeton), used_at=None).update(used_at=maintenant)


def address_of(lien: LienMembre) -> str:
    return site_url(f"/commissions/lien/{sign_cle(SEL, lien.cle)}/")


def _tell_cancelled(row: Commission, membre: MembreCommission, maintenant: int) -> None:
    lettre = Lettre(
        modele="commission-annulee",
        valeurs={"nom": membre.nom, "commission": row.intitule, "date": _say_date(row)},
        signature=f"Agence régionale de santé, {row.subdivision.nom}",
    )
    enqueue(f"commission-annulee-{membre.pk}", membre.courriel, compose(lettre), maintenant)


def _say_date(row: Commission) -> str:
    la = datetime.fromtimestamp(row.debut / 1000, UTC).astimezone(ZoneInfo(row.subdivision.fuseau))
    return say_moment(la, row.subdivision.fuseau)


def _write(row: Commission, membre: MembreCommission, lien: LienMembre, maintenant: int) -> None:
    lieux = [f"Lieu\u00a0: {row.lieu}." if row.lieu else "", f"Visio\u00a0: {row.visio}" if row.visio else ""]
    lettre = Lettre(
        modele="commission-convocation",
        valeurs={
            "nom": membre.nom,
            "commission": row.intitule,
            "date": _say_date(row),
            "lieu": " ".join(mot for mot in lieux if mot),
            "lien": Lien(mots="Lire l’ordre du jour et les documents", adresse=address_of(lien)),
        },
        signature=f"Agence régionale de santé, {row.subdivision.nom}",
    )
    enqueue(f"commission-convocation-{lien.pk}", membre.courriel, compose(lettre), maintenant)
