"""What is known of a service besides its postes: past last ranks, one's own notes, local criteria."""

from django.db import models

from gradin.data.comptes.models import Compte
from gradin.data.internes.models import Phase
from gradin.data.referentiel.models import Groupe, Semestre, Service, Subdivision


class DernierRang(models.Model):
    """A semester chosen elsewhere than here, brought by the ARS: what was chosen here is in `Affectation`."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="derniers_rangs")
    semestre = models.ForeignKey(Semestre, on_delete=models.PROTECT)
    subdivision = models.ForeignKey(Subdivision, on_delete=models.PROTECT)
    groupe = models.ForeignKey(Groupe, on_delete=models.PROTECT)
    phase = models.CharField(max_length=20, choices=Phase.choices)
    # Of the last interne who chose there; null when nobody did.
    rang = models.PositiveIntegerField(null=True, blank=True)
    # Internes of that call list, when known.
    effectif = models.PositiveIntegerField(null=True, blank=True)
    offerts = models.PositiveSmallIntegerField()
    pourvus = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["semestre__code", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "semestre", "subdivision", "groupe", "phase"], name="dernier_rang_unique"
            ),
            models.CheckConstraint(
                condition=models.Q(pourvus__lte=models.F("offerts")), name="dernier_rang_pourvus_offerts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_id}, {self.semestre_id}"


class NoteService(models.Model):
    """What somebody writes about a service for himself: nobody else reads it, not even the ARS."""

    compte = models.ForeignKey(Compte, on_delete=models.CASCADE, related_name="notes_services")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="notes")
    texte = models.TextField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["compte", "service"], name="note_service_unique")]

    def __str__(self) -> str:
        return f"{self.service_id}"


class NatureCritere(models.TextChoices):
    OUI_NON = "oui_non", "Oui ou non"
    CHOIX = "choix", "Un mot parmi d’autres"
    NOMBRE = "nombre", "Un nombre"


class CritereStage(models.Model):
    """A criterion that this region follows: logement, restauration, trajet, gardes… public, as the offer."""

    nom = models.CharField(max_length=80, unique=True)
    nature = models.CharField(max_length=8, choices=NatureCritere.choices)
    # After a number: « min », « km ».
    unite = models.CharField(max_length=20, blank=True)
    ordre = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["ordre", "nom"]

    def __str__(self) -> str:
        return self.nom


class ValeurCritere(models.Model):
    """« Oui », « Non », a word, or a number written with a point."""

    critere = models.ForeignKey(CritereStage, on_delete=models.CASCADE, related_name="valeurs")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="criteres")
    valeur = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["critere", "service"], name="valeur_critere_unique")]
        indexes = [models.Index(fields=["critere", "valeur"])]

    def __str__(self) -> str:
        return self.valeur
