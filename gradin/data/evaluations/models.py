"""Evaluations of stages. Who has answered and what was answered share no key, no instant and no order.

Rows of `Participation`, `ReponseAnonyme` and `Commentaire` get a drawn primary key, and those of one service
and semester are written again together at each answer (`operations.evaluations.reponses`). Authors are
addresses and no keys: no chain of foreign keys goes from an answer to a person, and a test says so.
"""

from django.db import models

from gradin.data.amphis.models import Affectation
from gradin.data.referentiel.models import Semestre, Service, Specialite, Subdivision


class Questionnaire(models.Model):
    """Of one DES, or general (`des` None); the latest version is asked, the others keep their answers."""

    des = models.ForeignKey(
        Specialite, on_delete=models.PROTECT, null=True, blank=True, related_name="questionnaires"
    )
    version = models.PositiveSmallIntegerField()
    # As `domain.evaluations.questionnaire` writes it.
    contenu = models.JSONField()
    auteur = models.CharField(max_length=254, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["des__code_des", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["des", "version"], name="questionnaire_version_unique"),
            models.UniqueConstraint(
                fields=["version"],
                condition=models.Q(des__isnull=True),
                name="questionnaire_general_version_unique",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.des or 'Général'}, version {self.version}"


class CampagneEvaluation(models.Model):
    """When the internes of a semester that ends evaluate it; `rappels`: days before it closes."""

    semestre = models.ForeignKey(Semestre, on_delete=models.PROTECT)
    subdivision = models.ForeignKey(Subdivision, on_delete=models.PROTECT)
    ouvre_at = models.DateTimeField()
    ferme_at = models.DateTimeField()
    rappels = models.JSONField(default=list, blank=True)
    # Mails already sent, in days before it closes; -1: the opening.
    envoyes = models.JSONField(default=list, blank=True)
    auteur = models.CharField(max_length=254, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["semestre", "subdivision"], name="campagne_evaluation_unique"),
            models.CheckConstraint(
                condition=models.Q(ouvre_at__lt=models.F("ferme_at")), name="campagne_evaluation_dates"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.semestre_id}, {self.subdivision_id}"


class BrouillonEvaluation(models.Model):
    """What its owner has filled in so far; gone as soon as he sends it, or when the campaign closes."""

    affectation = models.OneToOneField(
        Affectation, on_delete=models.CASCADE, related_name="brouillon_evaluation"
    )
    campagne = models.ForeignKey(CampagneEvaluation, on_delete=models.CASCADE, related_name="brouillons")
    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="brouillons")
    reponses = models.JSONField(default=dict, blank=True)


class Participation(models.Model):
    """« A répondu »: that, and nothing else."""

    affectation = models.OneToOneField(
        Affectation, on_delete=models.CASCADE, related_name="participation_evaluation"
    )
    campagne = models.ForeignKey(CampagneEvaluation, on_delete=models.CASCADE, related_name="participations")


class ReponseAnonyme(models.Model):
    """One evaluation, of nobody. `imotep`: the service as it was; merging two never adds up their answers."""

    campagne = models.ForeignKey(CampagneEvaluation, on_delete=models.PROTECT, related_name="reponses")
    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="reponses")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="evaluations")
    imotep = models.CharField(max_length=12)
    reponses = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["service", "campagne"])]


class EtatCommentaire(models.TextChoices):
    EN_ATTENTE = "en_attente", "À relire"
    PUBLIE = "publie", "Publié"
    REFUSE = "refuse", "Refusé"


class Commentaire(models.Model):
    """A free text, apart from the evaluation it came with; shown once somebody has read it."""

    campagne = models.ForeignKey(CampagneEvaluation, on_delete=models.PROTECT, related_name="commentaires")
    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="commentaires")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="commentaires")
    imotep = models.CharField(max_length=12)
    question = models.CharField(max_length=200)
    texte = models.TextField()
    etat = models.CharField(
        max_length=12, choices=EtatCommentaire.choices, default=EtatCommentaire.EN_ATTENTE
    )
    relu_par = models.CharField(max_length=254, blank=True)

    class Meta:
        indexes = [models.Index(fields=["etat", "campagne"])]
