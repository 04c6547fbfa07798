"""What outlives a semester: subdivisions, groupes, DES, UFR, établissements and services."""

from django.db import models


class Formation(models.TextChoices):
    MEDECIN = "medecin", "Médecin"
    PHARMACIEN = "pharmacien", "Pharmacien"
    DENTISTE = "dentiste", "Dentiste"


class Subdivision(models.Model):
    """The territory of one CHU."""

    code = models.CharField(max_length=20, unique=True)
    nom = models.CharField(max_length=120)
    fuseau = models.CharField(max_length=40, default="Europe/Paris")
    contact_courriel = models.EmailField(blank=True)
    contact_telephone = models.CharField(max_length=30, blank=True)
    # « du lundi au vendredi, de 9 h à 17 h », as it follows « répond ».
    contact_horaires = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.nom


class Groupe(models.Model):
    """The DES that choose together on a common pool of postes."""

    code = models.CharField(max_length=20, unique=True)
    nom = models.CharField(max_length=160)
    formation = models.CharField(max_length=12, choices=Formation.choices, default=Formation.MEDECIN)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} - {self.nom}"


class Specialite(models.Model):
    """A DES; `annees` is its length, which bounds the semesters one may choose."""

    code_des = models.CharField(max_length=20, unique=True)
    intitule = models.CharField(max_length=160)
    annees = models.PositiveSmallIntegerField(null=True, blank=True)
    formation = models.CharField(max_length=12, choices=Formation.choices, default=Formation.MEDECIN)

    class Meta:
        ordering = ["code_des"]

    def __str__(self) -> str:
        return f"{self.code_des} - {self.intitule}"


class Ufr(models.Model):
    nom = models.CharField(max_length=160, unique=True)

    class Meta:
        ordering = ["nom"]

    def __str__(self) -> str:
        return self.nom


class Etablissement(models.Model):
    """A hospital or a practice. `cle_tri` sorts alike on both stores."""

    nom = models.CharField(max_length=200)
    ville = models.CharField(max_length=120, blank=True)
    departement = models.CharField(max_length=3, blank=True)
    cle_tri = models.CharField(max_length=200, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["nom", "ville"], name="etablissement_unique"),
        ]

    def __str__(self) -> str:
        return self.nom


class Service(models.Model):
    """A terrain de stage: one IMOTEP code, one chef de service, one établissement."""

    imotep = models.CharField(max_length=12, unique=True)
    nom = models.CharField(max_length=200)
    chef = models.CharField(max_length=200, blank=True)
    etablissement = models.ForeignKey(Etablissement, on_delete=models.PROTECT, related_name="services")
    cle_tri = models.CharField(max_length=500, db_index=True)
    recherche = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.etablissement} - {self.nom}"


class Semestre(models.Model):
    """Starts on 2 May or 2 November; code `2027-05`."""

    code = models.CharField(max_length=7, unique=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code
