"""Agréments, the campaign that renews them, the file of each service, its demands, opinions and decisions."""

from django.db import models

from gradin.data.commissions.models import Commission
from gradin.data.comptes.models import Compte
from gradin.data.ouverture.models import SensAvis
from gradin.data.referentiel.models import Service, Specialite, Subdivision


class PhaseAgreee(models.TextChoices):
    SOCLE = "socle", "Phase socle"
    APPROFONDISSEMENT = "approfondissement", "Phase d’approfondissement"
    CONSOLIDATION = "consolidation", "Phase de consolidation"


class EtatAgrement(models.TextChoices):
    """Expired is no state: its last day says it."""

    VALIDE = "valide", "Valide"
    SUSPENDU = "suspendu", "Suspendu"
    RETIRE = "retire", "Retiré"


class Agrement(models.Model):
    """The right of a service to train a DES, in `phases`, from `du` to `au` (both included)."""

    subdivision = models.ForeignKey(Subdivision, on_delete=models.PROTECT)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="agrements")
    des = models.ForeignKey(Specialite, on_delete=models.PROTECT)
    phases = models.JSONField(default=list)
    capacite = models.PositiveSmallIntegerField()
    du = models.DateField()
    au = models.DateField(db_index=True)
    chef = models.CharField(max_length=200, blank=True)
    # Where the file of the campaign is sent; never shown to the public.
    courriel = models.EmailField(blank=True)
    etat = models.CharField(max_length=8, choices=EtatAgrement.choices, default=EtatAgrement.VALIDE)

    class Meta:
        ordering = ["service__cle_tri", "des__code_des", "du"]
        constraints = [
            models.UniqueConstraint(fields=["service", "des", "du"], name="agrement_unique"),
            models.CheckConstraint(condition=models.Q(au__gte=models.F("du")), name="agrement_du_au"),
        ]

    def __str__(self) -> str:
        return f"{self.service}, {self.des}"


class CampagneAgrement(models.Model):
    """One a year in a subdivision. `clot`: the last day, included; `expire_avant`: which ones it renews."""

    subdivision = models.ForeignKey(Subdivision, on_delete=models.PROTECT)
    annee = models.PositiveSmallIntegerField()
    ouvre = models.DateField()
    clot = models.DateField()
    expire_avant = models.DateField()
    sent_at = models.BigIntegerField(null=True, blank=True)
    created_at = models.BigIntegerField()

    class Meta:
        ordering = ["-annee", "subdivision__code"]
        constraints = [
            models.UniqueConstraint(fields=["subdivision", "annee"], name="campagne_agrement_unique"),
        ]


class DossierService(models.Model):
    """What the head of one service checks: `site` and `chef` as he corrects them, once he has."""

    campagne = models.ForeignKey(CampagneAgrement, on_delete=models.CASCADE, related_name="dossiers")
    service = models.ForeignKey(Service, on_delete=models.PROTECT)
    chef = models.CharField(max_length=200, blank=True)
    courriel = models.EmailField(blank=True)
    site = models.CharField(max_length=300, blank=True)
    checked_at = models.BigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["service__cle_tri", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["campagne", "service"], name="dossier_un_par_service"),
        ]


class LienDossier(models.Model):
    """A signed link by which a head of service answers without an account: expires, and can be revoked."""

    dossier = models.ForeignKey(DossierService, on_delete=models.CASCADE, related_name="liens")
    cle = models.CharField(max_length=32, unique=True)
    created_at = models.BigIntegerField()
    expires_at = models.BigIntegerField()
    revoked_at = models.BigIntegerField(null=True, blank=True)
    used_at = models.BigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]


class NatureAgrement(models.TextChoices):
    RENOUVELLEMENT = "renouvellement", "Renouvellement"
    NOUVEAU = "nouveau", "Nouvel agrément"
    CHEF = "chef", "Changement de responsable"


class EtatDemandeAgrement(models.TextChoices):
    DEPOSEE = "deposee", "À décider"
    ACCORDEE = "accordee", "Accordée"
    REFUSEE = "refusee", "Refusée"
    RETIREE = "retiree", "Retirée par le service"


class DemandeAgrement(models.Model):
    """What a service asks for. `agrement`: the one it renews or changes, then the one it became."""

    dossier = models.ForeignKey(DossierService, on_delete=models.CASCADE, related_name="demandes")
    nature = models.CharField(max_length=14, choices=NatureAgrement.choices)
    agrement = models.ForeignKey(Agrement, on_delete=models.PROTECT, null=True, blank=True)
    des = models.ForeignKey(Specialite, on_delete=models.PROTECT)
    phases = models.JSONField(default=list)
    capacite = models.PositiveSmallIntegerField()
    chef = models.CharField(max_length=200, blank=True)
    texte = models.TextField(blank=True)
    etat = models.CharField(
        max_length=8, choices=EtatDemandeAgrement.choices, default=EtatDemandeAgrement.DEPOSEE
    )
    filed_at = models.BigIntegerField()
    du = models.DateField(null=True, blank=True)
    au = models.DateField(null=True, blank=True)
    motif = models.CharField(max_length=300, blank=True)
    commission = models.ForeignKey(
        Commission, on_delete=models.PROTECT, null=True, blank=True, related_name="demandes"
    )
    decided_by = models.ForeignKey(
        Compte, on_delete=models.PROTECT, null=True, blank=True, related_name="agrements_decides"
    )
    decided_at = models.BigIntegerField(null=True, blank=True)
    # What a granted demand replaced, as plain values: what it takes to go back on it.
    remplace = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["dossier__service__cle_tri", "des__code_des", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "des", "nature"],
                condition=models.Q(etat="deposee"),
                name="demande_agrement_une_a_la_fois",
            ),
        ]


class AvisAgrement(models.Model):
    """What the coordonnateur of its DES thinks of a demand; the commission decides."""

    demande = models.ForeignKey(DemandeAgrement, on_delete=models.CASCADE, related_name="avis")
    auteur = models.ForeignKey(Compte, on_delete=models.PROTECT, related_name="avis_agrements")
    sens = models.CharField(max_length=12, choices=SensAvis.choices)
    texte = models.CharField(max_length=300, blank=True)
    at = models.BigIntegerField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["demande", "auteur"], name="avis_agrement_un_par_auteur"),
        ]


class ActeAgrement(models.Model):
    """One line of the trail; without an `auteur`, the head of service by his link, or the platform."""

    subdivision = models.ForeignKey(Subdivision, on_delete=models.PROTECT)
    campagne = models.ForeignKey(
        CampagneAgrement, on_delete=models.CASCADE, null=True, blank=True, related_name="actes"
    )
    demande = models.ForeignKey(
        DemandeAgrement, on_delete=models.CASCADE, null=True, blank=True, related_name="actes"
    )
    acte = models.CharField(max_length=40)
    details = models.JSONField(default=dict, blank=True)
    auteur = models.ForeignKey(Compte, on_delete=models.PROTECT, null=True, blank=True)
    a = models.BigIntegerField()

    class Meta:
        ordering = ["a", "pk"]
