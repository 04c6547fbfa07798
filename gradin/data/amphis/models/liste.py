"""The call list: versions with their hash, and one place per interne, figures frozen."""

from django.db import models

from gradin.data.amphis.models.amphi import Amphi
from gradin.data.internes.models import Inscription


class ListeAppel(models.Model):
    """A version; publishing freezes `figures`, whose SHA-256 is `empreinte`."""

    amphi = models.ForeignKey(Amphi, on_delete=models.CASCADE, related_name="listes")
    version = models.PositiveSmallIntegerField()
    computed_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    methode = models.CharField(max_length=16, default="tous")
    graine = models.CharField(max_length=64)
    figures = models.JSONField(default=list)
    empreinte = models.CharField(max_length=64, blank=True)
    # Groups of INE whose order came down to birth date or lot, and who confirmed them.
    a_confirmer = models.JSONField(default=list, blank=True)
    ties_confirmed_at = models.DateTimeField(null=True, blank=True)
    ties_confirmed_by = models.CharField(max_length=254, blank=True)
    motif = models.TextField(blank=True)

    class Meta:
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["amphi", "version"], name="liste_version_unique")]


class Statut(models.TextChoices):
    A_VENIR = "a_venir", "À venir"
    EN_COURS = "en_cours", "Choisit"
    A_CHOISI = "a_choisi", "A choisi"
    PASSE = "passe", "Passé"
    HORS_CHOIX = "hors_choix", "Ne choisit pas"


class Place(models.Model):
    """One interne in one amphi. `numero` names him in the journal once the amphi has started."""

    amphi = models.ForeignKey(Amphi, on_delete=models.CASCADE, related_name="places")
    inscription = models.ForeignKey(Inscription, on_delete=models.PROTECT, related_name="places")
    numero = models.PositiveIntegerField(null=True, blank=True)
    rang = models.PositiveIntegerField(null=True, blank=True)
    statut = models.CharField(max_length=10, choices=Statut.choices, default=Statut.A_VENIR)

    class Meta:
        ordering = ["rang"]
        constraints = [
            models.UniqueConstraint(fields=["amphi", "inscription"], name="place_unique"),
            models.UniqueConstraint(fields=["amphi", "numero"], name="place_numero_unique"),
        ]
