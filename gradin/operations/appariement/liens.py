"""The signed link by which a site ranks without an account: expires, revocable, its secret stored nowhere."""

import secrets

from django.db import transaction

from gradin.data.appariement.models import LienResponsable, SiteAppariement
from gradin.operations.appariement.campagnes import last_moment, record_acte
from gradin.operations.appariement.refus import AppariementRefuse
from gradin.operations.courriers import Lettre, Lien, compose, enqueue
from gradin.operations.courriers.adresse import site_url
from gradin.operations.liens_signes import sign_cle, unsign_jeton
from gradin.operations.permissions_appariement import check_can_run_appariement
from gradin.queries.visiteurs import Visiteur

SEL = "gradin.appariement.lien"


@transaction.atomic
def send_lien(site: int, visiteur: Visiteur, maintenant: int) -> str:
    """A new link, mailed to the responsable; those before it open nothing any more. Its address."""
    row = SiteAppariement.objects.select_related("campagne__subdivision").get(pk=site)
    check_can_run_appariement(visiteur, row.campagne)
    expire = last_moment(row.campagne_id)
    if expire <= maintenant:
        raise AppariementRefuse("Cette campagne est finie\u00a0: un lien n’ouvrirait plus rien.")
    revoke(row.pk, maintenant)
    lien = _create(row, expire, maintenant)
    _mail(row, lien, f"appariement-lien-{lien.pk}", "appariement-lien", {}, maintenant)
    record_acte(row.campagne, "lien", visiteur, maintenant, site=row.code)
    return _adresse(lien)


def mail_lien(row: SiteAppariement, quoi: str, modele: str, valeurs: dict[str, str], maintenant: int) -> None:
    """The standing link again, in a mail that the clock or a reminder asks for: whoever ranks by it goes on.

    Called inside a transaction; `quoi` names the occasion, `valeurs` are the other fields of `modele`.
    """
    lien = LienResponsable.objects.filter(site=row, revoked_at=None, expires_at__gt=maintenant).first()
    if lien is None:
        lien = _create(row, last_moment(row.campagne_id), maintenant)
        record_acte(row.campagne, "lien", None, maintenant, site=row.code)
    _mail(row, lien, f"appariement-lien-{lien.pk}-{quoi}", modele, valeurs, maintenant)


def _create(row: SiteAppariement, expire: int, maintenant: int) -> LienResponsable:
    cle = secrets.token_urlsafe(18)
    return LienResponsable.objects.create(site=row, cle=cle, created_at=maintenant, expires_at=expire)


def _adresse(lien: LienResponsable) -> str:
    return site_url(f"/appariement/lien/{jeton_of(lien.cle)}/")


def _mail(
    row: SiteAppariement,
    lien: LienResponsable,
    cle: str,
    modele: str,
    valeurs: dict[str, str],
    maintenant: int,
) -> None:
    if not row.courriel:
        return
    lettre = Lettre(
        modele=modele,
        valeurs={
            "nom": row.responsable or "Madame, Monsieur",
            "site": str(row),
            "campagne": row.campagne.intitule,
            "lien": Lien(mots="Classer mes candidats", adresse=_adresse(lien)),
            **valeurs,
        },
        signature=f"Agence régionale de santé, {row.campagne.subdivision.nom}",
    )
    enqueue(cle, row.courriel, compose(lettre), maintenant)


@transaction.atomic
def revoke_liens(site: int, visiteur: Visiteur, maintenant: int) -> int:
    row = SiteAppariement.objects.select_related("campagne").get(pk=site)
    check_can_run_appariement(visiteur, row.campagne)
    nombre = revoke(site, maintenant)
    record_acte(row.campagne, "lien_revoque", visiteur, maintenant, site=row.code)
    return nombre


def revoke(site: int, maintenant: int) -> int:
    standing = LienResponsable.objects.filter(site=site, revoked_at=None)
    return standing.update(revoked_at=maintenant)


def open_lien(jeton: str, maintenant: int) -> int | None:
    """The site that this link opens now; None for one that is not ours, has expired or was revoked."""
    cle = unsign_jeton(SEL, jeton)
    if cle is None:
        return None
    lien = LienResponsable.objects.filter(cle=cle, revoked_at=None, expires_at__gt=maintenant).first()
    return None if lien is None else lien.site_id


def note_use(site: int, maintenant: int) -> None:
    LienResponsable.objects.filter(site=site, revoked_at=None, used_at=None).update(used_at=maintenant)


def jeton_of(cle: str) -> str:
    return sign_cle(SEL, cle)
