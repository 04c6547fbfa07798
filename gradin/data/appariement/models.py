"""Matching of docteurs juniors: campaigns, their rounds, sites, candidates, what each side answers."""

from django.db import models

from gradin.data.comptes.models import Compte
from gradin.data.internes.models import Interne
from gradin.data.referentiel.models import Groupe, Semestre, Service, Specialite, Subdivision


class ModeCampagne(models.TextChoices):
    APPARIEMENT = "appariement", "Appariement\u00a0: les sites classent leurs candidats"
    RANG = "rang", "Par vœux\u00a0: les candidats choisissent dans l’ordre de leur rang"


class CampagneAppariement(models.Model):
    """`sel` makes the pseudonyms of the published files and never leaves. Parameters: rules.md §8."""

    semestre = models.ForeignKey(Semestre, on_delete=models.PROTECT)
    subdivision = models.ForeignKey(Subdivision, on_delete=models.PROTECT)
    intitule = models.CharField(max_length=160)
    mode = models.CharField(max_length=12, choices=ModeCampagne.choices, default=ModeCampagne.APPARIEMENT)
    notes_au_moins = models.PositiveSmallIntegerField(default=4)
    part_notee = models.PositiveSmallIntegerField(default=20)
    part_classee = models.PositiveSmallIntegerField(default=80)
    priorite_locale = models.BooleanField(default=True)
    sel = models.CharField(max_length=64)
    created_at = models.BigIntegerField()

    class Meta:
        ordering = ["-semestre__code", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["semestre", "subdivision", "intitule"], name="campagne_appariement_unique"
            ),
        ]

    def __str__(self) -> str:
        return self.intitule


class TourCampagne(models.Model):
    """A round with its windows. `numero` 0 is the rehearsal; 3 records what was agreed elsewhere.

    `empreinte` is the SHA-256 of `graine`, shown from the first day; the seed itself with the result.
    `admis`: who takes part although he answered too little, {"candidats": [pk], "sites": [pk]}.
    `sites_ecartes`: who took no part in the run, {site: [ranked, asked]}. `avis`: mails of its windows that
    have left, {nature: when}.
    """

    campagne = models.ForeignKey(CampagneAppariement, on_delete=models.CASCADE, related_name="tours")
    numero = models.PositiveSmallIntegerField()
    voeux_ouvre = models.DateTimeField()
    voeux_clot = models.DateTimeField()
    classement_ouvre = models.DateTimeField()
    classement_clot = models.DateTimeField()
    resultat_at = models.DateTimeField()
    refus_jusque = models.DateTimeField()
    graine = models.CharField(max_length=64)
    empreinte = models.CharField(max_length=64)
    admis = models.JSONField(default=dict, blank=True)
    sites_ecartes = models.JSONField(default=dict, blank=True)
    avis = models.JSONField(default=dict, blank=True)
    # Set while a run is under way, emptied when it ends; a failure is told in `echec`.
    lance_at = models.BigIntegerField(null=True, blank=True)
    echec = models.CharField(max_length=300, blank=True)
    calcule_at = models.BigIntegerField(null=True, blank=True)
    annonce_at = models.BigIntegerField(null=True, blank=True)
    definitif_at = models.BigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["numero"]
        constraints = [
            models.UniqueConstraint(fields=["campagne", "numero"], name="tour_appariement_unique"),
        ]


class SiteAppariement(models.Model):
    """Seats of one service for one DES, and who ranks its candidates."""

    campagne = models.ForeignKey(CampagneAppariement, on_delete=models.CASCADE, related_name="sites")
    code = models.CharField(max_length=20)
    service = models.ForeignKey(Service, on_delete=models.PROTECT)
    subdivision = models.ForeignKey(Subdivision, on_delete=models.PROTECT)
    groupe = models.ForeignKey(Groupe, on_delete=models.PROTECT)
    des = models.ForeignKey(Specialite, on_delete=models.PROTECT)
    places = models.PositiveSmallIntegerField()
    profil = models.TextField(blank=True)
    responsable = models.CharField(max_length=160, blank=True)
    courriel = models.EmailField(blank=True)
    recherche = models.TextField(blank=True)

    class Meta:
        ordering = ["service__cle_tri", "code"]
        constraints = [
            models.UniqueConstraint(fields=["campagne", "code"], name="site_appariement_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.service.nom}, {self.service.etablissement.nom}"


class Candidature(models.Model):
    """A docteur junior in a campaign. `rang`: his call rank, where the campaign runs by rank."""

    campagne = models.ForeignKey(CampagneAppariement, on_delete=models.CASCADE, related_name="candidatures")
    interne = models.ForeignKey(Interne, on_delete=models.CASCADE, related_name="candidatures")
    subdivision = models.ForeignKey(Subdivision, on_delete=models.PROTECT)
    des = models.ForeignKey(Specialite, on_delete=models.PROTECT)
    rang = models.PositiveIntegerField(null=True, blank=True)
    presentation = models.TextField(blank=True)

    class Meta:
        ordering = ["interne__cle_tri", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["campagne", "interne"], name="candidature_unique"),
        ]


class NaturePiece(models.TextChoices):
    CONTRAT = "contrat", "Contrat de formation"
    CV = "cv", "Curriculum vitæ"


class PieceCandidature(models.Model):
    """A PDF of the candidate's file: read by himself, the sites of his DES and the ARS."""

    candidature = models.ForeignKey(Candidature, on_delete=models.CASCADE, related_name="pieces")
    nature = models.CharField(max_length=8, choices=NaturePiece.choices)
    nom = models.CharField(max_length=160)
    taille = models.PositiveIntegerField()
    contenu = models.BinaryField()
    created_at = models.BigIntegerField()

    class Meta:
        ordering = ["nature"]
        constraints = [
            models.UniqueConstraint(fields=["candidature", "nature"], name="piece_une_par_nature"),
        ]


class NoteSite(models.Model):
    """0 to 5 « cœurs » for a site in one round: nobody but its owner reads it."""

    tour = models.ForeignKey(TourCampagne, on_delete=models.CASCADE, related_name="notes")
    candidature = models.ForeignKey(Candidature, on_delete=models.CASCADE, related_name="notes")
    site = models.ForeignKey(SiteAppariement, on_delete=models.CASCADE)
    note = models.PositiveSmallIntegerField()
    updated_at = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tour", "candidature", "site"], name="note_site_unique"),
            models.CheckConstraint(condition=models.Q(note__lte=5), name="note_de_0_a_5"),
        ]


class RangCandidat(models.Model):
    """The rank a site gives a candidate, 0 refuses him: never read by candidates."""

    tour = models.ForeignKey(TourCampagne, on_delete=models.CASCADE, related_name="rangs")
    site = models.ForeignKey(SiteAppariement, on_delete=models.CASCADE, related_name="rangs")
    candidature = models.ForeignKey(Candidature, on_delete=models.CASCADE, related_name="rangs")
    rang = models.PositiveIntegerField()
    updated_at = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tour", "site", "candidature"], name="rang_candidat_unique"),
        ]


class ResultatCandidat(models.Model):
    """What one round gives one candidate: a site or none, and why, site by site, without anybody's rank.

    `explications`: [{"site": pk, "note": n, "issue": …}]. `refuse_at`: he refused it in time.
    """

    tour = models.ForeignKey(TourCampagne, on_delete=models.CASCADE, related_name="resultats")
    candidature = models.ForeignKey(Candidature, on_delete=models.CASCADE, related_name="resultats")
    site = models.ForeignKey(SiteAppariement, on_delete=models.CASCADE, null=True, blank=True)
    explications = models.JSONField(default=list)
    motif = models.CharField(max_length=300, blank=True)
    refuse_at = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tour", "candidature"], name="resultat_un_par_tour"),
        ]


class CalculAppariement(models.Model):
    """One DES of one round: pseudonymised input, seed, result, for the ARS; its SHA-256, for everybody.

    `engagements`: the public list of salted hashes, one for each candidate and each site.
    """

    tour = models.ForeignKey(TourCampagne, on_delete=models.CASCADE, related_name="calculs")
    des = models.ForeignKey(Specialite, on_delete=models.PROTECT)
    fichier = models.TextField()
    empreinte = models.CharField(max_length=64)
    engagements = models.TextField(blank=True, default="")
    candidats = models.PositiveIntegerField()
    places = models.PositiveIntegerField()
    affectes = models.PositiveIntegerField()

    class Meta:
        ordering = ["des__code_des"]
        constraints = [models.UniqueConstraint(fields=["tour", "des"], name="calcul_un_par_des")]


class EtatDepotAppariement(models.TextChoices):
    PRET = "pret", "À confirmer"
    FAIT = "fait", "Enregistré"
    ANNULE = "annule", "Annulé"
    ABANDONNE = "abandonne", "Abandonné"


class DepotAppariement(models.Model):
    """A file of sites or candidates: `apercu` is what it would change, `retour` what it takes to undo it.

    `contenu` is emptied as soon as it has served. Errors are told at once and nothing of them is kept.
    """

    campagne = models.ForeignKey(CampagneAppariement, on_delete=models.CASCADE, related_name="depots")
    quoi = models.CharField(max_length=10)
    fichier = models.CharField(max_length=200)
    contenu = models.BinaryField(default=bytes)
    auteur = models.ForeignKey(Compte, on_delete=models.SET_NULL, null=True, blank=True)
    etat = models.CharField(
        max_length=10, choices=EtatDepotAppariement.choices, default=EtatDepotAppariement.PRET
    )
    apercu = models.JSONField(default=dict, blank=True)
    retour = models.JSONField(default=dict, blank=True)
    created_at = models.BigIntegerField()
    applied_at = models.BigIntegerField(null=True, blank=True)
    undone_at = models.BigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]


class LienResponsable(models.Model):
    """A signed link by which a site ranks without an account: expires, and can be revoked."""

    site = models.ForeignKey(SiteAppariement, on_delete=models.CASCADE, related_name="liens")
    cle = models.CharField(max_length=32, unique=True)
    created_at = models.BigIntegerField()
    expires_at = models.BigIntegerField()
    revoked_at = models.BigIntegerField(null=True, blank=True)
    used_at = models.BigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]


class ActeAppariement(models.Model):
    """What was done to a campaign, by whom and when: written once, never changed."""

    campagne = models.ForeignKey(CampagneAppariement, on_delete=models.CASCADE, related_name="actes")
    acte = models.CharField(max_length=40)
    details = models.JSONField(default=dict, blank=True)
    auteur = models.ForeignKey(Compte, on_delete=models.PROTECT, null=True, blank=True)
    a = models.BigIntegerField()

    class Meta:
        ordering = ["a", "pk"]
