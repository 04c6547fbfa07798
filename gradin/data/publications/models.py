"""The calendar's dates, the documents and announcements of a subdivision, its directory."""

from django.db import models

from gradin.data.amphis.models import Amphi
from gradin.data.comptes.models import Compte
from gradin.data.referentiel.models import Groupe, Semestre, Subdivision


class Categorie(models.TextChoices):
    COMMISSION = "commission", "Commission"
    CHOIX = "choix", "Choix"
    APPARIEMENT = "appariement", "Appariement"
    ECHEANCE = "echeance", "Date limite"
    REUNION = "reunion", "Réunion"


class Concernes(models.TextChoices):
    """Who reads the link of the visio; agents of the subdivision always do."""

    ARS = "ars", "L’ARS seulement"
    COMMISSION = "commission", "Les membres de la commission (représentants, facultés, coordonnateurs)"
    REPRESENTANTS = "representants", "Les représentants"
    INTERNES = "internes", "Les internes et leurs représentants"


class Evenement(models.Model):
    """A date that the ARS writes; those of the amphis are read from the amphis themselves.

    `uid` and `sequence` are RFC 5545's: a change grows the sequence, a removal keeps the row as `annule`.
    """

    uid = models.CharField(max_length=40, unique=True)
    semestre = models.ForeignKey(Semestre, on_delete=models.PROTECT)
    subdivision = models.ForeignKey(Subdivision, on_delete=models.PROTECT)
    # Empty: everybody of the subdivision.
    groupe = models.ForeignKey(Groupe, on_delete=models.PROTECT, null=True, blank=True)
    categorie = models.CharField(max_length=12, choices=Categorie.choices)
    titre = models.CharField(max_length=160)
    description = models.TextField(blank=True)
    debut = models.DateTimeField(db_index=True)
    fin = models.DateTimeField(null=True, blank=True)
    journee = models.BooleanField(default=False)
    lieu = models.CharField(max_length=200, blank=True)
    visio = models.URLField(max_length=500, blank=True)
    concernes = models.CharField(max_length=14, choices=Concernes.choices, default=Concernes.INTERNES)
    sequence = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField()
    annule = models.BooleanField(default=False)

    class Meta:
        ordering = ["debut", "pk"]

    def __str__(self) -> str:
        return self.titre


class SuiteAmphi(models.Model):
    """How often the hours of an amphi have moved since it was announced: its SEQUENCE in calendars."""

    amphi = models.OneToOneField(Amphi, on_delete=models.CASCADE, related_name="suite")
    empreinte = models.CharField(max_length=64)
    sequence = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField()


class AbonnementCalendrier(models.Model):
    """One's own feed: its secret address follows from `cle`; another key, and the address is dead."""

    compte = models.OneToOneField(Compte, on_delete=models.CASCADE, related_name="abonnement_calendrier")
    cle = models.CharField(max_length=32, unique=True)
    created_at = models.DateTimeField()


class Genre(models.TextChoices):
    DOCUMENT = "document", "Page ou document"
    ANNONCE = "annonce", "Annonce de l’accueil"
    LIEN = "lien", "Lien vers un autre site"


class Publication(models.Model):
    """A page, an announcement or a tile: read from `published_at`, until `expires_at` when there is one."""

    subdivision = models.ForeignKey(Subdivision, on_delete=models.PROTECT)
    genre = models.CharField(max_length=10, choices=Genre.choices)
    titre = models.CharField(max_length=160)
    # Markdown.
    texte = models.TextField(blank=True)
    lien = models.URLField(max_length=500, blank=True)
    ordre = models.PositiveSmallIntegerField(default=100)
    published_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    # « Nouveau » until that day, included.
    nouveau_jusqu_au = models.DateField(null=True, blank=True)
    updated_at = models.DateTimeField()

    class Meta:
        ordering = ["ordre", "-published_at", "pk"]

    def __str__(self) -> str:
        return self.titre


class Fichier(models.Model):
    """The file of a publication, kept with the rest so that one backup holds all."""

    publication = models.OneToOneField(Publication, on_delete=models.CASCADE, related_name="fichier")
    nom = models.CharField(max_length=160)
    nature = models.CharField(max_length=100)
    taille = models.PositiveIntegerField()
    empreinte = models.CharField(max_length=64)
    contenu = models.BinaryField()


class Contact(models.Model):
    """One line of the support directory of a subdivision."""

    subdivision = models.ForeignKey(Subdivision, on_delete=models.PROTECT)
    nom = models.CharField(max_length=160)
    sujet = models.CharField(max_length=200, blank=True)
    courriel = models.EmailField(blank=True)
    telephone = models.CharField(max_length=30, blank=True)
    horaires = models.CharField(max_length=200, blank=True)
    ordre = models.PositiveSmallIntegerField(default=100)

    class Meta:
        ordering = ["ordre", "nom", "pk"]

    def __str__(self) -> str:
        return self.nom
