"""The opening of postes (COP): a campaign, the postes proposed to it, opinions, and every act on them."""

from django.db import models

from gradin.data.comptes.models import Compte
from gradin.data.postes.models import Poste, Regime
from gradin.data.referentiel.models import Groupe, Semestre, Service, Specialite, Subdivision


class Ouverture(models.Model):
    """One semestre in one subdivision. `limite`: until when services propose, ms UTC, null when closed.

    `regles`: the parameters of the inadéquation rule that are not the default (`domain.reglages.ouverture`).
    """

    semestre = models.ForeignKey(Semestre, on_delete=models.PROTECT, related_name="ouvertures")
    subdivision = models.ForeignKey(Subdivision, on_delete=models.PROTECT, related_name="ouvertures")
    limite = models.BigIntegerField(null=True, blank=True)
    regles = models.JSONField(default=dict, blank=True)
    # Mails already sent to those who propose and advise (`operations.ouverture.annonces`).
    annonces = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["-semestre__code", "subdivision__code"]
        constraints = [
            models.UniqueConstraint(fields=["semestre", "subdivision"], name="ouverture_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.semestre}, {self.subdivision}"


class EtatPropose(models.TextChoices):
    PROPOSE = "propose", "Proposé"
    ACCORDE = "accorde", "Accordé"
    REFUSE = "refuse", "Refusé"
    RETIRE = "retire", "Retiré par l’établissement"
    PUBLIE = "publie", "Publié"


class PostePropose(models.Model):
    """A seat that a service asks to open. Once published it is `poste`, and changes there alone."""

    ouverture = models.ForeignKey(Ouverture, on_delete=models.CASCADE, related_name="postes")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="postes_proposes")
    groupe = models.ForeignKey(Groupe, on_delete=models.PROTECT, related_name="postes_proposes")
    des = models.ForeignKey(Specialite, on_delete=models.PROTECT, related_name="postes_proposes")
    regime = models.CharField(max_length=24, choices=Regime.choices)
    type_poste = models.CharField(max_length=40, default="Hospitalier")
    reserve = models.BooleanField(default=False)
    flechage = models.CharField(max_length=300, blank=True)
    observations = models.CharField(max_length=500, blank=True)
    # « 300 € brut par mois »: said wherever the poste is, once published.
    allocation = models.CharField(max_length=120, blank=True)
    etat = models.CharField(max_length=8, choices=EtatPropose.choices, default=EtatPropose.PROPOSE)
    motif = models.CharField(max_length=300, blank=True)
    poste = models.OneToOneField(
        Poste, on_delete=models.SET_NULL, null=True, blank=True, related_name="propose"
    )
    auteur = models.ForeignKey(Compte, on_delete=models.PROTECT, related_name="postes_proposes")
    proposed_at = models.BigIntegerField()
    decided_by = models.ForeignKey(
        Compte, on_delete=models.PROTECT, null=True, blank=True, related_name="postes_decides"
    )
    decided_at = models.BigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["service__cle_tri", "pk"]
        indexes = [models.Index(fields=["ouverture", "etat"], name="propose_par_etat")]

    def __str__(self) -> str:
        return f"{self.service}, {self.des}"


class SensAvis(models.TextChoices):
    FAVORABLE = "favorable", "Favorable"
    RESERVE = "reserve", "Réservé"
    DEFAVORABLE = "defavorable", "Défavorable"


class AvisPoste(models.Model):
    """What the coordonnateur of its DES thinks of a proposed poste; the ARS decides."""

    propose = models.ForeignKey(PostePropose, on_delete=models.CASCADE, related_name="avis")
    auteur = models.ForeignKey(Compte, on_delete=models.PROTECT, related_name="avis_postes")
    sens = models.CharField(max_length=12, choices=SensAvis.choices)
    texte = models.CharField(max_length=300, blank=True)
    at = models.BigIntegerField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["propose", "auteur"], name="avis_un_par_auteur"),
        ]


class ActeOuverture(models.Model):
    """One line of the trail: who did what, when, from what to what. Written once, never changed."""

    ouverture = models.ForeignKey(Ouverture, on_delete=models.CASCADE, related_name="actes")
    propose = models.ForeignKey(
        PostePropose, on_delete=models.CASCADE, null=True, blank=True, related_name="actes"
    )
    acte = models.CharField(max_length=20)
    avant = models.CharField(max_length=500, blank=True)
    apres = models.CharField(max_length=500, blank=True)
    auteur = models.ForeignKey(Compte, on_delete=models.PROTECT, related_name="actes_ouverture")
    at = models.BigIntegerField()

    class Meta:
        ordering = ["-at", "-pk"]
