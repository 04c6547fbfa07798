"""Read rows that the journal gives (Affectation) and what is private to its owner (Favori)."""

from django.db import models

from gradin.data.amphis.models.amphi import Amphi
from gradin.data.internes.models import Inscription, Interne, TypeChoix
from gradin.data.postes.models import Poste
from gradin.data.referentiel.models import Semestre, Service


class Affectation(models.Model):
    """The two partial unique indexes are the net behind the amphi's lock."""

    interne = models.ForeignKey(Interne, on_delete=models.PROTECT, related_name="affectations")
    semestre = models.ForeignKey(Semestre, on_delete=models.PROTECT)
    poste = models.ForeignKey(Poste, on_delete=models.PROTECT, related_name="affectations")
    amphi = models.ForeignKey(Amphi, on_delete=models.PROTECT, null=True, related_name="affectations")
    type_choix = models.CharField(max_length=24, choices=TypeChoix.choices)
    # The line of the journal that made it; null when given outside an amphi.
    n = models.PositiveIntegerField(null=True)
    chosen_at = models.BigIntegerField()
    annulee = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["interne", "semestre"],
                condition=models.Q(annulee=False),
                name="affectation_une_par_semestre",
            ),
            models.UniqueConstraint(
                fields=["poste"],
                condition=models.Q(annulee=False, type_choix="classique"),
                name="affectation_un_classique_par_poste",
            ),
        ]


class Favori(models.Model):
    """A poste or a whole service, ranked; nobody but its owner (and mandataire) sees it."""

    inscription = models.ForeignKey(Inscription, on_delete=models.CASCADE, related_name="favoris")
    ordre = models.PositiveIntegerField()
    poste = models.ForeignKey(Poste, on_delete=models.CASCADE, null=True, blank=True)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, null=True, blank=True)

    class Meta:
        ordering = ["ordre"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(poste__isnull=False) ^ models.Q(service__isnull=False),
                name="favori_poste_ou_service",
            ),
            models.UniqueConstraint(fields=["inscription", "poste"], name="favori_poste_unique"),
            models.UniqueConstraint(fields=["inscription", "service"], name="favori_service_unique"),
        ]
