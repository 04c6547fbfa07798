"""One line a semester for each interne; versions of maquettes; what is declared of the semester to come."""

from django.db import models

from gradin.data.amphis.models import Affectation
from gradin.data.comptes.models import Compte
from gradin.data.internes.models import Inscription, Interne, Phase
from gradin.data.referentiel.models import (
    Etablissement,
    Groupe,
    Semestre,
    Service,
    Specialite,
    Subdivision,
)


class SituationParcours(models.TextChoices):
    """No cause of an absence: nothing medical enters the platform."""

    STAGE = "stage", "Stage"
    SURNOMBRE_VALIDANT = "surnombre_validant", "Stage en surnombre validant"
    SURNOMBRE_NON_VALIDANT = "surnombre_non_validant", "Stage en surnombre non validant"
    HORS_SUBDIVISION = "hors_subdivision", "Stage hors subdivision"
    ETRANGER = "etranger", "Stage à l’étranger"
    ANNEE_RECHERCHE = "annee_recherche", "Année-recherche"
    DISPONIBILITE_RECHERCHE = "disponibilite_recherche", "Disponibilité pour recherche"
    DISPONIBILITE_CONVENANCES = "disponibilite_convenances", "Disponibilité pour convenances personnelles"
    DISPONIBILITE_AUTRE = "disponibilite_autre", "Disponibilité, autre cause"
    ABSENCE = "absence", "Sans stage"


class EtatParcours(models.TextChoices):
    PRESUME = "presume", "Présumé"
    VALIDE = "valide", "Validé"
    NON_VALIDE = "non_valide", "Non validé"


class SourceParcours(models.TextChoices):
    AFFECTATION = "affectation", "Affectation de la plateforme"
    IMPORT = "import", "Import de l’ARS"
    DEMANDE = "demande", "Demande acceptée par l’ARS"
    INTERNE = "interne", "Déclaré par l’interne"
    FACULTE = "faculte", "Faculté"


class AgrementParcours(models.TextChoices):
    PRINCIPAL = "principal", "Principal"
    COMPLEMENTAIRE = "complementaire", "Complémentaire"
    FONCTIONNEL = "fonctionnel", "Fonctionnel (option, FST)"


class LigneParcours(models.Model):
    """One interne, one semestre. `sauve`: not validated but counted (R632-32), whatever the cause."""

    interne = models.ForeignKey(Interne, on_delete=models.CASCADE, related_name="parcours")
    semestre = models.ForeignKey(Semestre, on_delete=models.PROTECT)
    situation = models.CharField(max_length=28, choices=SituationParcours.choices)
    etat = models.CharField(max_length=12, choices=EtatParcours.choices, default=EtatParcours.PRESUME)
    source = models.CharField(max_length=12, choices=SourceParcours.choices)
    phase = models.CharField(max_length=20, choices=Phase.choices, blank=True)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, null=True, blank=True)
    # Where, when it is no service of the platform.
    lieu = models.CharField(max_length=200, blank=True)
    # Fléchage and type of the poste: what tells an ambulatory stage, or which stage it was.
    details = models.CharField(max_length=400, blank=True)
    ambulatoire = models.BooleanField(default=False)
    # The DES and the agrément under which it counts.
    des = models.ForeignKey(Specialite, on_delete=models.PROTECT, null=True, blank=True)
    agrement = models.CharField(max_length=16, choices=AgrementParcours.choices, blank=True)
    affectation = models.OneToOneField(
        Affectation, on_delete=models.SET_NULL, null=True, blank=True, related_name="ligne_parcours"
    )
    sauve = models.BooleanField(default=False)
    motif = models.CharField(max_length=300, blank=True)
    validated_at = models.DateTimeField(null=True, blank=True)
    validated_by = models.ForeignKey(Compte, on_delete=models.SET_NULL, null=True, blank=True)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["interne", "semestre"], name="parcours_une_ligne_par_semestre"),
        ]
        indexes = [models.Index(fields=["etat", "semestre"])]

    def __str__(self) -> str:
        return f"{self.semestre_id}, {self.get_situation_display()}"


class VersionMaquette(models.Model):
    """What a faculty wrote for a DES, from a promotion on; the latest version is in force, all are kept."""

    des = models.ForeignKey(Specialite, on_delete=models.PROTECT, related_name="maquettes")
    promotion_de = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveSmallIntegerField()
    # As `domain.maquettes.ecriture` writes it.
    contenu = models.JSONField()
    motif = models.CharField(max_length=200, blank=True)
    auteur = models.ForeignKey(Compte, on_delete=models.SET_NULL, null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["des__code_des", "promotion_de", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["des", "promotion_de", "version"], name="maquette_version_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.des_id}, version {self.version}"


class Encadrement(models.Model):
    """Whether an établissement supervises as a university hospital; unsaid, its name tells."""

    etablissement = models.OneToOneField(Etablissement, on_delete=models.CASCADE, related_name="encadrement")
    universitaire = models.BooleanField()


class Derogation(models.Model):
    """The ARS lifts the maquette's check for one semestre (rules.md §4.7)."""

    inscription = models.OneToOneField(Inscription, on_delete=models.CASCADE, related_name="derogation")
    motif = models.CharField(max_length=300)
    auteur = models.ForeignKey(Compte, on_delete=models.SET_NULL, null=True, blank=True)
    created_at = models.DateTimeField()


class RangInitial(models.Model):
    """A promotion as it was at its beginning, by rank at the national exam: what proves a rang local.

    `interne` None: somebody of that promotion whom the platform does not know, or no more.
    """

    subdivision = models.ForeignKey(Subdivision, on_delete=models.PROTECT)
    groupe = models.ForeignKey(Groupe, on_delete=models.PROTECT)
    promotion = models.PositiveSmallIntegerField()
    rang_national = models.PositiveIntegerField()
    interne = models.ForeignKey(
        Interne, on_delete=models.SET_NULL, null=True, blank=True, related_name="rangs_initiaux"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subdivision", "groupe", "promotion", "rang_national"], name="rang_initial_unique"
            ),
        ]


class AncienneteImportee(models.Model):
    """What the file of the ARS said, kept aside while the computed figures stand in the inscription."""

    inscription = models.OneToOneField(
        Inscription, on_delete=models.CASCADE, related_name="anciennete_importee"
    )
    semestres_valides = models.PositiveSmallIntegerField()
    surnombres_non_validants = models.PositiveSmallIntegerField()
    semestres_recherche = models.PositiveSmallIntegerField()
    # `rang_local`, `effectif_local` and which of them was protected; None while the imported ones stand.
    rang = models.JSONField(null=True, blank=True)


class CampagneSituation(models.Model):
    """When the internes of a subdivision declare their situation for a semestre; `rappels`: days before."""

    semestre = models.ForeignKey(Semestre, on_delete=models.PROTECT)
    subdivision = models.ForeignKey(Subdivision, on_delete=models.PROTECT)
    ouvre_at = models.DateTimeField()
    verrou_at = models.DateTimeField()
    rappels = models.JSONField(default=list, blank=True)
    # Reminders already sent, in days before the lock; -1: the opening.
    envoyes = models.JSONField(default=list, blank=True)
    auteur = models.ForeignKey(Compte, on_delete=models.SET_NULL, null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["semestre", "subdivision"], name="campagne_situation_unique"),
            models.CheckConstraint(
                condition=models.Q(ouvre_at__lt=models.F("verrou_at")), name="campagne_situation_dates"
            ),
        ]


class NatureSituation(models.TextChoices):
    CAS_GENERAL = "cas_general", "Cas général : je choisis un poste"
    SURNOMBRE = "surnombre", "Je demande un surnombre"
    HORS_SUBDIVISION = "hors_subdivision", "Stage hors subdivision ou à l’étranger"
    ANNEE_RECHERCHE = "annee_recherche", "Année-recherche"
    DISPONIBILITE = "disponibilite", "Disponibilité"
    ABSENCE = "absence", "Absence prévue tout le semestre"
    FIN = "fin", "J’ai fini mon internat, ou je passe en phase de consolidation"


class SituationSemestrielle(models.Model):
    """What an interne declares of the semestre to come, and his wishes for his maquette, in words."""

    inscription = models.OneToOneField(
        Inscription, on_delete=models.CASCADE, related_name="situation_semestrielle"
    )
    nature = models.CharField(max_length=20, choices=NatureSituation.choices)
    souhaits = models.TextField(blank=True)
    declared_at = models.DateTimeField()
