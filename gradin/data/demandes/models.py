"""What an interne asks of the ARS or entrusts to somebody: statut, procuration, couple, question."""

from django.db import models

from gradin.data.amphis.models import Amphi, Place
from gradin.data.comptes.models import Compte
from gradin.data.demandes.individuelles import (
    DemandeIndividuelle,
    HorsChoix,
    NatureHorsChoix,
    PieceRecue,
    ReglageDemande,
)
from gradin.data.internes.models import Inscription, TypeChoix
from gradin.data.referentiel.models import Semestre, Subdivision

__all__ = [
    "DemandeCouple",
    "DemandeIndividuelle",
    "DemandeStatut",
    "EtatCouple",
    "EtatDemande",
    "EtatProcuration",
    "HorsChoix",
    "Mouvement",
    "NatureHorsChoix",
    "PieceRecue",
    "Procuration",
    "Question",
    "ReglageDemande",
    "Representant",
]


class EtatDemande(models.TextChoices):
    EN_COURS = "en_cours", "Changement en cours"
    ACCEPTEE = "acceptee", "Changement accepté"
    REFUSEE = "refusee", "Changement refusé"
    RETIREE = "retiree", "Demande retirée"


class DemandeStatut(models.Model):
    """A change of type de choix that was asked for. Medical papers never enter: only the day they came."""

    inscription = models.ForeignKey(Inscription, on_delete=models.CASCADE, related_name="demandes_statut")
    souhaite = models.CharField(max_length=24, choices=TypeChoix.choices)
    etat = models.CharField(max_length=10, choices=EtatDemande.choices, default=EtatDemande.EN_COURS)
    asked_at = models.BigIntegerField()
    justificatifs_recus_le = models.DateField(null=True, blank=True)
    decided_at = models.BigIntegerField(null=True, blank=True)
    decided_by = models.ForeignKey(Compte, on_delete=models.PROTECT, null=True, blank=True)
    motif_refus = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["inscription"], condition=models.Q(etat="en_cours"), name="demande_statut_unique"
            ),
        ]


class EtatProcuration(models.TextChoices):
    ENVOYEE = "envoyee", "Pas encore acceptée"
    ACCEPTEE = "acceptee", "Acceptée"
    ANNULEE = "annulee", "Annulée"
    DECLINEE = "declinee", "Déclinée par le mandataire"


class Procuration(models.Model):
    """Somebody else chooses for this inscription: it stands while `ended_at` is null, and with its semestre.

    `cle` names it outside (link, role); `envois` counts the invitations: only the last one's link is good.
    `essais`: wrong codes. `papier`: recorded by the ARS. Instants in ms UTC.
    """

    cle = models.CharField(max_length=32, unique=True)
    inscription = models.ForeignKey(Inscription, on_delete=models.CASCADE, related_name="procurations")
    # That of the inscription, so that one index can count a mandataire's.
    semestre = models.ForeignKey(Semestre, on_delete=models.PROTECT)
    courriel = models.EmailField()
    telephone = models.CharField(max_length=30)
    mandataire = models.ForeignKey(
        Compte, on_delete=models.PROTECT, null=True, blank=True, related_name="mandats"
    )
    etat = models.CharField(max_length=10, choices=EtatProcuration.choices, default=EtatProcuration.ENVOYEE)
    papier = models.BooleanField(default=False)
    envois = models.PositiveSmallIntegerField(default=1)
    essais = models.PositiveSmallIntegerField(default=0)
    sent_at = models.BigIntegerField()
    expires_at = models.BigIntegerField()
    accepted_at = models.BigIntegerField(null=True, blank=True)
    ended_at = models.BigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["inscription"],
                condition=models.Q(ended_at=None),
                name="procuration_une_par_inscription",
            ),
        ]
        indexes = [models.Index(fields=["mandataire", "semestre"], name="procuration_mandataire")]


class Representant(models.Model):
    """An account that may hold several procurations in this subdivision (some regions ask for it)."""

    courriel = models.EmailField()
    subdivision = models.ForeignKey(Subdivision, on_delete=models.CASCADE)
    created_at = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["courriel", "subdivision"], name="representant_unique"),
        ]


class Mouvement(models.Model):
    """What was done to a demand or a procuration, by whom and when: written once, never changed.

    `texte`: a motive or an opinion, as it was written that day.
    """

    demande = models.ForeignKey(
        DemandeStatut, on_delete=models.CASCADE, null=True, blank=True, related_name="mouvements"
    )
    procuration = models.ForeignKey(
        Procuration, on_delete=models.CASCADE, null=True, blank=True, related_name="mouvements"
    )
    individuelle = models.ForeignKey(
        DemandeIndividuelle, on_delete=models.CASCADE, null=True, blank=True, related_name="mouvements"
    )
    hors_choix = models.ForeignKey(
        HorsChoix, on_delete=models.CASCADE, null=True, blank=True, related_name="mouvements"
    )
    texte = models.CharField(max_length=500, blank=True)
    acte = models.CharField(max_length=30)
    auteur = models.ForeignKey(Compte, on_delete=models.PROTECT, null=True, blank=True)
    a = models.BigIntegerField()

    class Meta:
        ordering = ["a", "pk"]


class EtatCouple(models.TextChoices):
    PROPOSE = "propose", "Attend la réponse de l’autre interne"
    ACCEPTE = "accepte", "Attend l’accord de l’ARS"
    ACCORDE = "accorde", "Accordé par l’ARS"
    DECLINE = "decline", "Décliné par l’autre interne"
    REFUSE = "refuse", "Refusé par l’ARS"
    RETIRE = "retire", "Retiré"


class DemandeCouple(models.Model):
    """Two internes of one amphi who ask to choose one right after the other (rules.md §5).

    Agreed by `invite`, then by the ARS: only these two and the ARS read it before the start. It stands while
    `ended_at` is null. Instants in ms UTC.
    """

    amphi = models.ForeignKey(Amphi, on_delete=models.CASCADE, related_name="demandes_couple")
    demandeur = models.ForeignKey(Inscription, on_delete=models.CASCADE, related_name="couples_demandes")
    invite = models.ForeignKey(Inscription, on_delete=models.CASCADE, related_name="couples_recus")
    etat = models.CharField(max_length=8, choices=EtatCouple.choices, default=EtatCouple.PROPOSE)
    asked_at = models.BigIntegerField()
    accepted_at = models.BigIntegerField(null=True, blank=True)
    decided_at = models.BigIntegerField(null=True, blank=True)
    decided_by = models.ForeignKey(
        Compte, on_delete=models.PROTECT, null=True, blank=True, related_name="couples_decides"
    )
    motif_refus = models.CharField(max_length=500, blank=True)
    ended_at = models.BigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["amphi", "demandeur"],
                condition=models.Q(ended_at=None),
                name="couple_un_par_demandeur",
            ),
            models.CheckConstraint(
                condition=~models.Q(demandeur=models.F("invite")), name="couple_de_deux_internes"
            ),
        ]


class Question(models.Model):
    """« Besoin d'assistance ? » in a running amphi: between its author and the ARS, never on a stream.

    `place`: the interne it is about; `auteur`: himself or his mandataire. `cle`: a double click asks once.
    """

    amphi = models.ForeignKey(Amphi, on_delete=models.CASCADE, related_name="questions")
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="questions")
    auteur = models.ForeignKey(Compte, on_delete=models.CASCADE, related_name="questions_posees")
    texte = models.CharField(max_length=500)
    asked_at = models.BigIntegerField()
    reponse = models.CharField(max_length=1000, blank=True)
    answered_at = models.BigIntegerField(null=True, blank=True)
    answered_by = models.ForeignKey(
        Compte, on_delete=models.PROTECT, null=True, blank=True, related_name="questions_repondues"
    )
    cle = models.CharField(max_length=100)

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["auteur", "cle"], name="question_une_par_cle")]
        indexes = [
            models.Index(
                fields=["amphi", "asked_at"],
                condition=models.Q(answered_at=None),
                name="question_en_attente",
            )
        ]
