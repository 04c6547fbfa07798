"""Wishes before the day: waves of préchoix, each interne's list, what is foreseen from shared lists."""

from django.db import models

from gradin.data.amphis.models import Amphi, Place
from gradin.data.comptes.models import Compte
from gradin.data.postes.models import Poste


class Visibilite(models.TextChoices):
    MOI = "moi", "Chacun lit son seul résultat"
    NOMBRES = "nombres", "Chacun lit aussi les chiffres : services disputés, combien n’auraient rien"
    NOMS = "noms", "Les internes de l’amphithéâtre lisent aussi qui aurait quoi, avec les noms"


class Prechoix(models.Model):
    """One wave: wishes stay from one to the next. `resultat`: places by pk, written once at the closing."""

    amphi = models.ForeignKey(Amphi, on_delete=models.CASCADE, related_name="prechoix")
    ouvre_at = models.DateTimeField()
    clot_at = models.DateTimeField()
    visibilite = models.CharField(max_length=8, choices=Visibilite.choices, default=Visibilite.MOI)
    auteur = models.ForeignKey(Compte, on_delete=models.SET_NULL, null=True, blank=True)
    resultat = models.JSONField(null=True, blank=True)
    calcule_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["clot_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ouvre_at__lt=models.F("clot_at")), name="prechoix_ouvre_avant_clot"
            ),
        ]


class ListeVoeux(models.Model):
    """« Mes vœux » in one amphi. `partage`: may serve the forecast of postes, never shown as they are.

    `depose_at`: the last gesture on the wishes themselves; a wave counts those made while it was open.
    """

    place = models.OneToOneField(Place, on_delete=models.CASCADE, related_name="liste_voeux")
    partage = models.BooleanField(default=False)
    depose_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField()


class Voeu(models.Model):
    """One poste wished for, 1 the first; nobody but its owner reads it (rules.md §9)."""

    liste = models.ForeignKey(ListeVoeux, on_delete=models.CASCADE, related_name="voeux")
    ordre = models.PositiveIntegerField()
    poste = models.ForeignKey(Poste, on_delete=models.CASCADE)

    class Meta:
        ordering = ["ordre"]
        constraints = [models.UniqueConstraint(fields=["liste", "poste"], name="voeu_unique")]


class PrevisionPostes(models.Model):
    """What is foreseen for a whole amphi. `chances`: one byte (percent) by place of `places` and poste."""

    amphi = models.OneToOneField(Amphi, on_delete=models.CASCADE, related_name="prevision")
    # Names the head of the journal and the wishes that it was counted from.
    cle = models.CharField(max_length=80)
    places = models.JSONField(default=list)
    postes = models.JSONField(default=list)
    chances = models.BinaryField()
    partages = models.PositiveIntegerField()
    effectif = models.PositiveIntegerField()
    calcule_at = models.DateTimeField()
