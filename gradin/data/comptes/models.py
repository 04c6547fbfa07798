"""Who signs in: accounts by e-mail, what agents may see, tokens for programs, what agents did."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from gradin.data.referentiel.models import (
    Etablissement,
    Formation,
    Groupe,
    Service,
    Specialite,
    Subdivision,
    Ufr,
)


class CompteManager(BaseUserManager["Compte"]):
    """E-mails are compared without case, so they are stored folded."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "Compte":
        compte = self.model(email=email.strip().lower(), **fields)
        compte.set_password(password)
        compte.save(using=self._db)
        return compte

    def get_by_natural_key(self, username: str | None) -> "Compte":
        return self.get(email=(username or "").strip().lower())


class Role(models.TextChoices):
    INTERNE = "interne", "Interne"
    AGENT = "agent", "Gestionnaire ARS"
    ADMINISTRATEUR = "administrateur", "Administrateur de la plateforme"
    FACULTE = "faculte", "Faculté"
    COORDONNATEUR = "coordonnateur", "Coordonnateur de DES"
    ETABLISSEMENT = "etablissement", "Établissement"
    REPRESENTANT = "representant", "Représentant des internes"
    RESPONSABLE_TERRAIN = "responsable_terrain", "Responsable de terrain de stage"


class Compte(AbstractBaseUser):
    """A person. Roles and scopes decide everything else (operations/permissions.py)."""

    email = models.EmailField(unique=True)
    nom_affiche = models.CharField(max_length=160, blank=True)
    role = models.CharField(max_length=24, choices=Role.choices, default=Role.INTERNE)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(null=True, blank=True)

    objects = CompteManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    def __str__(self) -> str:
        return self.email


class Portee(models.Model):
    """What somebody sees: a subdivision, narrowed by whichever of the other columns is filled."""

    compte = models.ForeignKey(Compte, on_delete=models.CASCADE, related_name="portees")
    subdivision = models.ForeignKey(Subdivision, on_delete=models.CASCADE)
    groupe = models.ForeignKey(Groupe, on_delete=models.CASCADE, null=True, blank=True)
    formation = models.CharField(max_length=12, choices=Formation.choices, blank=True, default="")
    ufr = models.ForeignKey(Ufr, on_delete=models.CASCADE, null=True, blank=True)
    specialite = models.ForeignKey(Specialite, on_delete=models.CASCADE, null=True, blank=True)
    etablissement = models.ForeignKey(Etablissement, on_delete=models.CASCADE, null=True, blank=True)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, null=True, blank=True)


class Jeton(models.Model):
    """A token of the API: only its hash is kept."""

    compte = models.ForeignKey(Compte, on_delete=models.CASCADE, related_name="jetons")
    empreinte = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)


class GenreActe(models.TextChoices):
    INFORMATIONS = "informations", "Informations publiées"
    CALENDRIER = "calendrier", "Dates du calendrier"
    CONTACTS = "contacts", "Contacts"
    COMPTES = "comptes", "Comptes des gestionnaires et partenaires"
    EVALUATIONS = "evaluations", "Campagnes d’évaluation"


class ActeGestion(models.Model):
    """One act of the ARS on what keeps no trail of its own. Written once, never changed.

    `auteur`: an address, which outlives its account, or what acted when nobody was signed in.
    """

    genre = models.CharField(max_length=12, choices=GenreActe.choices)
    acte = models.CharField(max_length=60)
    objet = models.CharField(max_length=200)
    avant = models.CharField(max_length=500, blank=True)
    apres = models.CharField(max_length=500, blank=True)
    auteur = models.CharField(max_length=254)
    # Of whom: a whole subdivision when `groupe` is empty; of the whole region when both are.
    subdivision = models.ForeignKey(Subdivision, on_delete=models.PROTECT, null=True, blank=True)
    groupe = models.ForeignKey(Groupe, on_delete=models.PROTECT, null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["genre", "-at"], name="acte_gestion_par_genre")]
