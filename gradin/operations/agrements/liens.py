"""The signed link of a head of service: expires with the campaign, revocable, its secret stored nowhere."""

import secrets

from gradin.data.agrements.models import DossierService, LienDossier
from gradin.operations.agrements.delais import end_of
from gradin.operations.courriers import Lettre, Lien, compose, enqueue
from gradin.operations.courriers.adresse import site_url
from gradin.operations.liens_signes import sign_cle, unsign_jeton

SEL = "gradin.agrements.lien"


def issue_lien(row: DossierService, maintenant: int) -> str:
    """Called inside a transaction, while the campaign is open: those before it open nothing any more."""
    revoke(row.pk, maintenant)
    lien = LienDossier.objects.create(
        dossier=row,
        cle=secrets.token_urlsafe(18),
        created_at=maintenant,
        expires_at=end_of(row.campagne),
    )
    adresse = site_url(f"/agrements/dossier/{jeton_of(lien.cle)}/")
    if row.courriel:
        _write(row, lien, adresse, maintenant)
    return adresse


def _write(row: DossierService, lien: LienDossier, adresse: str, maintenant: int) -> None:
    subdivision = row.campagne.subdivision
    lettre = Lettre(
        modele="agrement-dossier",
        valeurs={
            "nom": row.chef or "Madame, Monsieur",
            "service": str(row.service),
            "annee": str(row.campagne.annee),
            "limite": f"{row.campagne.clot:%d/%m/%Y}",
            "lien": Lien(mots="Ouvrir mon dossier", adresse=adresse),
        },
        signature=f"Agence régionale de santé, {subdivision.nom}",
    )
    enqueue(f"agrement-dossier-{lien.pk}", row.courriel, compose(lettre), maintenant)


def revoke(dossier: int, maintenant: int) -> None:
    LienDossier.objects.filter(dossier=dossier, revoked_at=None).update(revoked_at=maintenant)


def open_lien(jeton: str, maintenant: int) -> int | None:
    """The file that this link opens now; None for one that is not ours, has expired or was revoked."""
    cle = unsign_jeton(SEL, jeton)
    if cle is None:
        return None
    lien = LienDossier.objects.filter(cle=cle, revoked_at=None, expires_at__gt=maintenant).first()
    return None if lien is None else lien.dossier_id


def note_use(dossier: int, maintenant: int) -> None:
    LienDossier.objects.filter(dossier=dossier, revoked_at=None, used_at=None).update(used_at=maintenant)


def jeton_of(cle: str) -> str:
    return sign_cle(SEL, cle)
