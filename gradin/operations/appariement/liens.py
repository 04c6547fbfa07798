"""The signed link by which a site ranks without an account: expires, revocable, its secret stored nowhere."""

import secrets

from django.db import transaction

from gradin.data.appariement.models import LienResponsable, SiteAppariement, TourCampagne
from gradin.operations.appariement.campagnes import record_acte
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
    return issue_lien(row, visiteur, maintenant)


def issue_lien(
    row: SiteAppariement,
    visiteur: Visiteur | None,
    maintenant: int,
    modele: str = "appariement-lien",
    **valeurs: str,
) -> str:
    """Called inside a transaction; `valeurs`: the other fields of `modele`.

    Expires when the last round on the platform has closed.
    """
    dernier = TourCampagne.objects.filter(campagne=row.campagne_id).order_by("-classement_clot").first()
    expire = round(dernier.classement_clot.timestamp() * 1000) if dernier else maintenant
    if expire <= maintenant:
        raise AppariementRefuse("Tous les classements sont clos\u00a0: un lien n’ouvrirait plus rien.")
    revoke(row.pk, maintenant)
    lien = LienResponsable.objects.create(
        site=row, cle=secrets.token_urlsafe(18), created_at=maintenant, expires_at=expire
    )
    adresse = site_url(f"/appariement/lien/{jeton_of(lien.cle)}/")
    if row.courriel:
        lettre = Lettre(
            modele=modele,
            valeurs={
                "nom": row.responsable or "Madame, Monsieur",
                "site": str(row),
                "campagne": row.campagne.intitule,
                "lien": Lien(mots="Classer mes candidats", adresse=adresse),
                **valeurs,
            },
            signature=f"Agence régionale de santé, {row.campagne.subdivision.nom}",
        )
        enqueue(f"appariement-lien-{lien.pk}", row.courriel, compose(lettre), maintenant)
    record_acte(row.campagne, "lien", visiteur, maintenant, site=row.code)
    return adresse


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
