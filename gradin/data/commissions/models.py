"""A commission: its agenda, its members, its documents, the decisions its minutes state."""

from django.db import models

from gradin.data.comptes.models import Compte
from gradin.data.referentiel.models import Semestre, Subdivision


class GenreCommission(models.TextChoices):
    AGREMENT = "agrement", "Commission d’agrément"
    CEBF = "cebf", "CEBF (besoins de formation)"
    PRE_COP = "pre_cop", "Pré-COP"
    COP = "cop", "COP (ouverture des postes)"
    CONSOLIDATION = "consolidation", "Commission de la phase de consolidation"


class Commission(models.Model):
    """Instants in ms UTC. Minutes stated (`closed_at`) or not held (`cancelled_at`): it changes no more."""

    subdivision = models.ForeignKey(Subdivision, on_delete=models.PROTECT)
    semestre = models.ForeignKey(Semestre, on_delete=models.PROTECT, null=True, blank=True)
    genre = models.CharField(max_length=14, choices=GenreCommission.choices)
    intitule = models.CharField(max_length=160)
    debut = models.BigIntegerField(db_index=True)
    lieu = models.CharField(max_length=200, blank=True)
    visio = models.URLField(max_length=500, blank=True)
    president = models.CharField(max_length=160, blank=True)
    observations = models.TextField(blank=True)
    convened_at = models.BigIntegerField(null=True, blank=True)
    closed_at = models.BigIntegerField(null=True, blank=True)
    cancelled_at = models.BigIntegerField(null=True, blank=True)
    created_at = models.BigIntegerField()
    # The postes that a COP decided, as they stood when its minutes were stated.
    postes = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["-debut", "-pk"]

    def __str__(self) -> str:
        return self.intitule


class SensDecision(models.TextChoices):
    ADOPTE = "adopte", "Adopté"
    REJETE = "rejete", "Rejeté"
    REPORTE = "reporte", "Reporté"
    ACTE = "acte", "Pris acte"


class PointOrdre(models.Model):
    """One point of the agenda. `decision`: what is recorded of it, `sens` in one word, empty until then."""

    commission = models.ForeignKey(Commission, on_delete=models.CASCADE, related_name="points")
    ordre = models.PositiveSmallIntegerField()
    titre = models.CharField(max_length=200)
    texte = models.TextField(blank=True)
    sens = models.CharField(max_length=8, choices=SensDecision.choices, blank=True)
    decision = models.TextField(blank=True)

    class Meta:
        ordering = ["ordre", "pk"]


class MembreCommission(models.Model):
    """Somebody convened. `present`: null until the minutes say it."""

    commission = models.ForeignKey(Commission, on_delete=models.CASCADE, related_name="membres")
    nom = models.CharField(max_length=160)
    qualite = models.CharField(max_length=160, blank=True)
    courriel = models.EmailField()
    convened_at = models.BigIntegerField(null=True, blank=True)
    present = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering = ["nom", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["commission", "courriel"], name="membre_une_fois"),
        ]


class LienMembre(models.Model):
    """A signed link by which a member reads without an account: expires, and can be revoked."""

    membre = models.ForeignKey(MembreCommission, on_delete=models.CASCADE, related_name="liens")
    cle = models.CharField(max_length=32, unique=True)
    created_at = models.BigIntegerField()
    expires_at = models.BigIntegerField()
    revoked_at = models.BigIntegerField(null=True, blank=True)
    used_at = models.BigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]


class DocumentCommission(models.Model):
    """A file that its members and the ARS read, nobody else."""

    commission = models.ForeignKey(Commission, on_delete=models.CASCADE, related_name="documents")
    nom = models.CharField(max_length=160)
    nature = models.CharField(max_length=100)
    taille = models.PositiveIntegerField()
    empreinte = models.CharField(max_length=64)
    contenu = models.BinaryField()
    created_at = models.BigIntegerField()

    class Meta:
        ordering = ["nom", "pk"]


class ActeCommission(models.Model):
    """What was done to a commission, by whom and when: written once, never changed."""

    commission = models.ForeignKey(Commission, on_delete=models.CASCADE, related_name="actes")
    acte = models.CharField(max_length=40)
    details = models.JSONField(default=dict, blank=True)
    auteur = models.ForeignKey(Compte, on_delete=models.PROTECT, null=True, blank=True)
    a = models.BigIntegerField()

    class Meta:
        ordering = ["a", "pk"]
