"""The roster: a person across semesters (Interne) and what she is in one semester (Inscription)."""

from django.db import models

from gradin.data.comptes.models import Compte
from gradin.data.referentiel.models import Formation, Groupe, Semestre, Specialite, Subdivision, Ufr


class Phase(models.TextChoices):
    SOCLE = "socle", "Phase socle"
    APPROFONDISSEMENT = "approfondissement", "Phase d’approfondissement"
    ANCIEN_REGIME = "ancien-regime", "Ancien régime"
    CONSOLIDATION = "consolidation", "Phase de consolidation"


class TypeChoix(models.TextChoices):
    CLASSIQUE = "classique", "Classique"
    SURNOMBRE_VALIDANT = "surnombre_validant", "Surnombre validant"
    SURNOMBRE_NON_VALIDANT = "surnombre_non_validant", "Surnombre non validant"


class Interne(models.Model):
    """Identified by the INE; everything here is private but the name (rules.md §9)."""

    ine = models.CharField(max_length=20, unique=True)
    rpps = models.CharField(max_length=20, blank=True)
    nom = models.CharField(max_length=200)
    prenom = models.CharField(max_length=200)
    ne_le = models.DateField(null=True, blank=True)
    courriel = models.EmailField(blank=True)
    telephone = models.CharField(max_length=30, blank=True)
    adresse = models.TextField(blank=True)
    formation = models.CharField(max_length=12, choices=Formation.choices, default=Formation.MEDECIN)
    concours = models.CharField(max_length=80, blank=True)
    ufr = models.ForeignKey(Ufr, on_delete=models.PROTECT, null=True, blank=True)
    compte = models.OneToOneField(
        Compte, on_delete=models.SET_NULL, null=True, blank=True, related_name="interne"
    )
    cle_tri = models.CharField(max_length=400, db_index=True)
    recherche = models.TextField(blank=True)
    # Names of fields changed on the platform: an import never overwrites them.
    champs_modifies = models.JSONField(default=list, blank=True)

    def __str__(self) -> str:
        return f"{self.prenom} {self.nom}"


class Inscription(models.Model):
    """One interne in one semester: where he chooses, with which figures and how."""

    interne = models.ForeignKey(Interne, on_delete=models.CASCADE, related_name="inscriptions")
    semestre = models.ForeignKey(Semestre, on_delete=models.PROTECT)
    subdivision = models.ForeignKey(Subdivision, on_delete=models.PROTECT)
    groupe = models.ForeignKey(Groupe, on_delete=models.PROTECT)
    phase = models.CharField(max_length=20, choices=Phase.choices)
    des = models.ForeignKey(Specialite, on_delete=models.PROTECT, related_name="inscriptions")
    desc = models.ForeignKey(
        Specialite, on_delete=models.PROTECT, null=True, blank=True, related_name="inscriptions_desc"
    )
    fst = models.CharField(max_length=120, blank=True)
    option = models.CharField(max_length=120, blank=True)
    promotion = models.PositiveSmallIntegerField()
    rang_local = models.PositiveIntegerField(null=True, blank=True)
    effectif_local = models.PositiveIntegerField(null=True, blank=True)
    semestres_valides = models.PositiveSmallIntegerField(default=0)
    surnombres_non_validants = models.PositiveSmallIntegerField(default=0)
    semestres_recherche = models.PositiveSmallIntegerField(default=0)
    absence_prevue = models.BooleanField(default=False)
    type_choix = models.CharField(max_length=24, choices=TypeChoix.choices, default=TypeChoix.CLASSIQUE)
    # A person's own longer time (aménagement), as "4/3"; empty for the standard length.
    multiplicateur = models.CharField(max_length=9, blank=True)
    liste_armee = models.BooleanField(default=False)
    champs_modifies = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["interne", "semestre"], name="inscription_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.interne} ({self.semestre_id})"
