"""What the ARS settles once for all the amphis of a semestre in a subdivision, and its history."""

from django.db import models

from gradin.data.comptes.models import Compte
from gradin.data.referentiel.models import Semestre, Subdivision


class Campagne(models.Model):
    """The settings that a new amphi takes; one that exists keeps its own."""

    semestre = models.ForeignKey(Semestre, on_delete=models.PROTECT)
    subdivision = models.ForeignKey(Subdivision, on_delete=models.PROTECT)
    parametres = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["semestre", "subdivision"], name="campagne_unique"),
        ]


class ActeCampagne(models.Model):
    """A change of a campagne's settings: `details` as in the acts of an amphi."""

    campagne = models.ForeignKey(Campagne, on_delete=models.CASCADE, related_name="actes")
    auteur = models.ForeignKey(Compte, on_delete=models.PROTECT, null=True, blank=True)
    details = models.JSONField(default=dict, blank=True)
    a = models.BigIntegerField()

    class Meta:
        ordering = ["a", "pk"]
