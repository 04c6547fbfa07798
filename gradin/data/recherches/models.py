"""Searches that somebody keeps under a name (manual §8.1): private to their owner."""

from django.db import models

from gradin.data.comptes.models import Compte


class RechercheEnregistree(models.Model):
    """`requete` is the query of an address: opened again, it finds what is offered then."""

    compte = models.ForeignKey(Compte, on_delete=models.CASCADE, related_name="recherches")
    nom = models.CharField(max_length=80)
    requete = models.TextField()
    created_at = models.DateTimeField()
    # Who asked for it gets a mail when a poste enters; `connus`: those already in (ids of postes).
    alerte = models.BooleanField(default=False)
    connus = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["nom", "pk"]
        constraints = [models.UniqueConstraint(fields=["compte", "nom"], name="recherche_nom_unique")]

    def __str__(self) -> str:
        return self.nom
