"""Individual demands (stage libre, année-recherche…) and the postes that the ARS gives before the amphi."""

from django.db import models

from gradin.data.amphis.models import Affectation
from gradin.data.comptes.models import Compte
from gradin.data.internes.models import Inscription
from gradin.data.referentiel.models import Subdivision
from gradin.domain.demandes.etats import ATTENDENT, EtatIndividuelle
from gradin.domain.demandes.natures import DEMARCHES, Nature

ETATS = (
    (EtatIndividuelle.DEPOSEE.value, "Déposée"),
    (EtatIndividuelle.EN_INSTRUCTION.value, "En instruction"),
    (EtatIndividuelle.AVIS_RENDU.value, "Avis rendu"),
    (EtatIndividuelle.ACCEPTEE.value, "Acceptée"),
    (EtatIndividuelle.REFUSEE.value, "Refusée"),
    (EtatIndividuelle.RETIREE.value, "Retirée"),
)
NATURES = tuple((nature.value, DEMARCHES[nature].titre) for nature in Nature)
AVIS = (("favorable", "Favorable"), ("defavorable", "Défavorable"))


class DemandeIndividuelle(models.Model):
    """What one interne asks about his next semesters. No paper ever enters: only the day each came.

    `inscription`: where he stood when he asked; it says whose scope the demand is of. `debut`: code of the
    first semestre asked for, which may have no roster yet. Instants in ms UTC.
    """

    inscription = models.ForeignKey(Inscription, on_delete=models.CASCADE, related_name="individuelles")
    nature = models.CharField(max_length=20, choices=NATURES)
    # Why a disponibilité; empty for the other kinds.
    forme = models.CharField(max_length=12, blank=True)
    debut = models.CharField(max_length=7)
    duree = models.PositiveSmallIntegerField(default=1)
    objet = models.CharField(max_length=200, blank=True)
    texte = models.CharField(max_length=2000, blank=True)
    hors_delai = models.BooleanField(default=False)
    etat = models.CharField(max_length=16, choices=ETATS, default=EtatIndividuelle.DEPOSEE.value)
    asked_at = models.BigIntegerField()
    avis = models.CharField(max_length=11, choices=AVIS, blank=True)
    avis_texte = models.CharField(max_length=500, blank=True)
    avis_at = models.BigIntegerField(null=True, blank=True)
    avis_par = models.ForeignKey(
        Compte, on_delete=models.PROTECT, null=True, blank=True, related_name="avis_rendus"
    )
    decided_at = models.BigIntegerField(null=True, blank=True)
    decided_by = models.ForeignKey(
        Compte, on_delete=models.PROTECT, null=True, blank=True, related_name="individuelles_decidees"
    )
    motif = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["inscription", "nature"],
                condition=models.Q(etat__in=[etat.value for etat in ATTENDENT]),
                name="individuelle_une_par_nature",
            ),
        ]
        indexes = [models.Index(fields=["etat", "asked_at"], name="individuelle_etat")]


class PieceRecue(models.Model):
    """The day one of the papers wanted came to the ARS; `piece` in the words of the list."""

    demande = models.ForeignKey(DemandeIndividuelle, on_delete=models.CASCADE, related_name="pieces")
    piece = models.CharField(max_length=120)
    recue_le = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["demande", "piece"], name="piece_unique")]


class ReglageDemande(models.Model):
    """What a subdivision sets for one kind; without a row, the defaults of `domain.demandes.natures`."""

    subdivision = models.ForeignKey(Subdivision, on_delete=models.CASCADE)
    nature = models.CharField(max_length=20, choices=NATURES)
    # Days before the semestre; empty: the kind's own.
    delai = models.PositiveSmallIntegerField(null=True, blank=True)
    ouverte = models.BooleanField(default=True)
    # Where the papers go; empty: the ARS's address.
    envoyer_a = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subdivision", "nature"], name="reglage_demande_unique"),
        ]


class NatureHorsChoix(models.TextChoices):
    HORS_CHOIX = "hors_choix", "Affectation hors choix (article 44)"
    AMBULATOIRE = "ambulatoire", "Stage ambulatoire attribué avant le choix"
    APPARIEMENT = "appariement", "Appariement des docteurs juniors"


class HorsChoix(models.Model):
    """A poste that the ARS gave without an amphi; why is in its `Mouvement`, which goes first."""

    affectation = models.OneToOneField(Affectation, on_delete=models.CASCADE, related_name="hors_choix")
    nature = models.CharField(max_length=12, choices=NatureHorsChoix.choices)
    given_at = models.BigIntegerField()
    given_by = models.ForeignKey(Compte, on_delete=models.PROTECT, related_name="hors_choix_donnes")
    annulled_at = models.BigIntegerField(null=True, blank=True)
    annulled_by = models.ForeignKey(
        Compte, on_delete=models.PROTECT, null=True, blank=True, related_name="hors_choix_annules"
    )

    class Meta:
        ordering = ["-given_at", "-pk"]
