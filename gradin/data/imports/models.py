"""Imports made in the browser, from the file received to what would undo it; what the ARS renamed."""

from django.db import models

from gradin.data.comptes.models import Compte


class NatureImport(models.TextChoices):
    INTERNES = "internes", "Internes"
    POSTES = "postes", "Postes"
    # Read and written at once, in their own page; kept here for what would undo them.
    PARCOURS = "parcours", "Semestres passés"


class EtatDepot(models.TextChoices):
    LECTURE = "lecture", "Lecture en cours"
    PRET = "pret", "À confirmer"
    REFUSE = "refuse", "Fichier refusé"
    ECRITURE = "ecriture", "Enregistrement en cours"
    FAIT = "fait", "Enregistré"
    ANNULE = "annule", "Annulé"
    ABANDONNE = "abandonne", "Abandonné"


class Depot(models.Model):
    """`contenu` is emptied as soon as it has served; `apercu` and `retour` hold figures of people.

    `travail_depuis`: since when a process reads or writes it; None: that process is gone.
    `apercu`: what was shown (operations/imports/apercu.py). `retour`: rows created, values replaced.
    """

    nature = models.CharField(max_length=8, choices=NatureImport.choices)
    semestre = models.CharField(max_length=7)
    subdivision = models.CharField(max_length=120, blank=True)
    creer_subdivision = models.BooleanField(default=False)
    fichier = models.CharField(max_length=200)
    contenu = models.BinaryField(default=bytes)
    auteur = models.ForeignKey(
        Compte, on_delete=models.SET_NULL, null=True, blank=True, related_name="depots"
    )
    etat = models.CharField(max_length=10, choices=EtatDepot.choices, default=EtatDepot.LECTURE)
    travail_depuis = models.DateTimeField(null=True, blank=True)
    etape = models.PositiveSmallIntegerField(default=0)
    apercu = models.JSONField(default=dict, blank=True)
    retour = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]


class ChangementReferentiel(models.Model):
    """One line of the history of the reference data; `nature` and `objet` outlive a row merged away."""

    nature = models.CharField(max_length=16)
    objet = models.CharField(max_length=300)
    champ = models.CharField(max_length=40)
    avant = models.TextField(blank=True)
    apres = models.TextField(blank=True)
    auteur = models.CharField(max_length=254)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
