"""The offer: one Poste is one seat in one service for one semester."""

from django.db import models

from gradin.data.referentiel.models import Groupe, Semestre, Service, Specialite, Subdivision


class Regime(models.TextChoices):
    SOCLE = "socle", "Phase socle"
    AR_APPROFONDISSEMENT = "ar-approfondissement", "Ancien régime/Phase approfondissement"
    ANCIEN_REGIME = "ancien-regime", "Ancien régime"
    APPROFONDISSEMENT = "approfondissement", "Phase d’approfondissement"
    # Docteurs juniors: given by matching, in no amphi.
    CONSOLIDATION = "consolidation", "Phase de consolidation"


class EtatPoste(models.TextChoices):
    """Read row: what the fold of the journals says of this poste."""

    LIBRE = "libre", "Non pourvu"
    POURVU = "pourvu", "Pourvu"
    RETIRE = "retire", "Retiré"


class Poste(models.Model):
    semestre = models.ForeignKey(Semestre, on_delete=models.PROTECT)
    subdivision = models.ForeignKey(Subdivision, on_delete=models.PROTECT)
    numero = models.CharField(max_length=20)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="postes")
    groupe = models.ForeignKey(Groupe, on_delete=models.PROTECT, related_name="postes")
    des = models.ForeignKey(Specialite, on_delete=models.PROTECT, related_name="postes")
    regime = models.CharField(max_length=24, choices=Regime.choices)
    type_poste = models.CharField(max_length=40, default="Hospitalier")
    reserve = models.BooleanField(default=False)
    # Codes the poste is reserved for; empty means its own DES.
    reserve_a = models.JSONField(default=list, blank=True)
    flechage = models.CharField(max_length=300, blank=True)
    observations = models.CharField(max_length=500, blank=True)
    # Allocation d'attractivité: « 300 € brut par mois »; empty when there is none.
    allocation = models.CharField(max_length=120, blank=True)
    etat = models.CharField(max_length=8, choices=EtatPoste.choices, default=EtatPoste.LIBRE)
    cle_tri = models.CharField(max_length=600, db_index=True)
    recherche = models.TextField(blank=True)
    # Why it was closed before the amphi; for the ARS only.
    motif_fermeture = models.CharField(max_length=200, blank=True)
    # Why it opens without an agrément, where the campaign uses agréments; for the ARS only.
    motif_agrement = models.CharField(max_length=300, blank=True)
    # Names of fields changed on the platform: an import never overwrites them.
    champs_modifies = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["semestre", "subdivision", "numero"], name="poste_numero_unique"),
        ]
        indexes = [models.Index(fields=["semestre", "etat"])]

    def __str__(self) -> str:
        return f"n° {self.numero}"


class ChangementPoste(models.Model):
    """One line of the history of a poste: who changed what, when."""

    poste = models.ForeignKey(Poste, on_delete=models.CASCADE, related_name="changements")
    champ = models.CharField(max_length=40)
    avant = models.TextField(blank=True)
    apres = models.TextField(blank=True)
    auteur = models.CharField(max_length=254)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
