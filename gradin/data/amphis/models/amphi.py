"""An amphi, its sessions and its offer; the row that every command locks."""

from django.db import models

from gradin.data.internes.models import Phase
from gradin.data.postes.models import Poste
from gradin.data.referentiel.models import Groupe, Semestre, Subdivision


class EtatAmphi(models.TextChoices):
    BROUILLON = "brouillon", "Non validé"
    VALIDE = "valide", "Validé"
    OUVERT = "ouvert", "Ouvert"
    EN_COURS = "en_cours", "En cours"
    PAUSE = "pause", "En pause"
    CLOS = "clos", "Clos"


class Amphi(models.Model):
    """`seq`, `empreinte`, `etat`, `echeance` follow the journal and are written only with a fact."""

    semestre = models.ForeignKey(Semestre, on_delete=models.PROTECT)
    subdivision = models.ForeignKey(Subdivision, on_delete=models.PROTECT)
    groupe = models.ForeignKey(Groupe, on_delete=models.PROTECT)
    phase = models.CharField(max_length=20, choices=Phase.choices)
    # Empty for the amphi of the whole groupe × phase; else tells apart (FST, one DES, ambulatoire).
    variante = models.CharField(max_length=60, blank=True)
    intitule = models.CharField(max_length=200)
    etat = models.CharField(max_length=10, choices=EtatAmphi.choices, default=EtatAmphi.BROUILLON)
    debut = models.DateTimeField(null=True, blank=True)
    fin = models.DateTimeField(null=True, blank=True)
    ouverture_favoris = models.DateTimeField(null=True, blank=True)
    precedent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="suivants"
    )
    parametres = models.JSONField(default=dict, blank=True)
    seq = models.PositiveIntegerField(default=0)
    empreinte = models.CharField(max_length=64, default="0" * 64)
    # Next moment something is due, ms UTC: the clock's only query.
    echeance = models.BigIntegerField(null=True, blank=True, db_index=True)
    # Grows whenever the static columns of the offer change.
    version_offre = models.PositiveIntegerField(default=1)
    postes = models.ManyToManyField(Poste, through="Offre", related_name="amphis")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["semestre", "subdivision", "groupe", "phase", "variante"], name="amphi_unique"
            ),
        ]

    def __str__(self) -> str:
        return self.intitule


class Offre(models.Model):
    """This poste is offered in this amphi; a chain of amphis shares postes."""

    amphi = models.ForeignKey(Amphi, on_delete=models.CASCADE)
    poste = models.ForeignKey(Poste, on_delete=models.PROTECT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["amphi", "poste"], name="offre_unique")]


class SessionChoix(models.Model):
    """A slice of ranks with its hours; the journal says when it really started."""

    amphi = models.ForeignKey(Amphi, on_delete=models.CASCADE, related_name="sessions")
    numero = models.PositiveSmallIntegerField()
    debut = models.DateTimeField()
    fin = models.DateTimeField()
    rang_de = models.PositiveIntegerField()
    rang_a = models.PositiveIntegerField()

    class Meta:
        ordering = ["numero"]
        constraints = [models.UniqueConstraint(fields=["amphi", "numero"], name="session_unique")]
