"""What lets anybody verify an attestation: its code, what it states, the files delivered; the ARS's ZIPs."""

from django.db import models

from gradin.data.amphis.models import Affectation
from gradin.data.comptes.models import Compte
from gradin.data.referentiel.models import Semestre, Subdivision


class Attestation(models.Model):
    """No stated field is kept here: `empreinte` says whether those of today are still those stated.

    `revoked_at`: replaced by one that states something else. An annulled affectation revokes it too.
    """

    code = models.CharField(max_length=43, unique=True)
    affectation = models.ForeignKey(Affectation, on_delete=models.CASCADE, related_name="attestations")
    empreinte = models.CharField(max_length=64)
    created_at = models.BigIntegerField()
    revoked_at = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["affectation"],
                condition=models.Q(revoked_at=None),
                name="attestation_une_par_affectation",
            ),
        ]


class Exemplaire(models.Model):
    """The SHA-256 of a file that was delivered; the file itself is not kept."""

    attestation = models.ForeignKey(Attestation, on_delete=models.CASCADE, related_name="exemplaires")
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["attestation", "sha256"], name="exemplaire_unique"),
        ]


class EtatRecueil(models.TextChoices):
    ENCOURS = "encours", "En préparation"
    PRET = "pret", "Prêt"
    ARRETE = "arrete", "Arrêté"


class Recueil(models.Model):
    """Every attestation of one subdivision and semestre in one ZIP, kept on disk for some days only.

    `faites` of `total` pages so far; what it holds is its author's scope when he asked.
    """

    auteur = models.ForeignKey(Compte, on_delete=models.CASCADE, related_name="recueils")
    semestre = models.ForeignKey(Semestre, on_delete=models.CASCADE, related_name="recueils")
    subdivision = models.ForeignKey(Subdivision, on_delete=models.CASCADE, related_name="recueils")
    etat = models.CharField(max_length=8, choices=EtatRecueil.choices, default=EtatRecueil.ENCOURS)
    faites = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField()
    created_at = models.BigIntegerField()

    class Meta:
        ordering = ["-pk"]
