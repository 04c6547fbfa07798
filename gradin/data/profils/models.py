"""Sign-up and profile: requests, links that serve once, the secret question, the history of changes."""

from django.db import models

from gradin.data.comptes.models import Compte
from gradin.data.internes.models import Interne


class EtatDemande(models.TextChoices):
    LIEN = "lien", "Lien envoyé"
    A_TRAITER = "a_traiter", "À traiter"
    ACCEPTEE = "acceptee", "Acceptée, lien envoyé"
    REFUSEE = "refusee", "Refusée"
    FINIE = "finie", "Inscription terminée"
    REMPLACEE = "remplacee", "Remplacée par une autre"


class DemandeInscription(models.Model):
    """What somebody typed to sign up. Without the ARS it opens an account at the roster's e-mail only."""

    prenom = models.CharField(max_length=200)
    nom = models.CharField(max_length=200)
    ne_le = models.DateField(null=True, blank=True)
    courriel = models.EmailField()
    ine = models.CharField(max_length=20)
    telephone = models.CharField(max_length=30, blank=True)
    # Nobody when nothing of the roster comes near; the ARS then says who it is.
    interne = models.ForeignKey(
        Interne, on_delete=models.CASCADE, null=True, blank=True, related_name="demandes_inscription"
    )
    differences = models.JSONField(default=list, blank=True)
    etat = models.CharField(max_length=10, choices=EtatDemande.choices, default=EtatDemande.A_TRAITER)
    created_at = models.DateTimeField()
    traitee_at = models.DateTimeField(null=True, blank=True)
    traitee_par = models.CharField(max_length=254, blank=True)
    # SHA-256 of the link's secret: the mail alone holds the secret itself.
    lien = models.CharField(max_length=64, unique=True)
    lien_expires_at = models.DateTimeField()
    lien_used_at = models.DateTimeField(null=True, blank=True)
    essais = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["etat", "created_at"], name="demande_etat")]


class QuestionSecrete(models.Model):
    """Asked on the telephone: the agent types what he hears; the answer is never read again by anybody."""

    interne = models.OneToOneField(Interne, on_delete=models.CASCADE, related_name="question_secrete")
    question = models.CharField(max_length=200)
    reponse = models.CharField(max_length=200)
    essais = models.PositiveSmallIntegerField(default=0)
    essais_depuis = models.DateTimeField(null=True, blank=True)


class Changement(models.Model):
    """One line of the history of an interne's roster page: who changed what, when."""

    interne = models.ForeignKey(Interne, on_delete=models.CASCADE, related_name="changements")
    champ = models.CharField(max_length=40)
    avant = models.TextField(blank=True)
    apres = models.TextField(blank=True)
    auteur = models.CharField(max_length=254)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]


class NatureLien(models.TextChoices):
    CONFIRMER = "confirmer", "Confirmer la nouvelle adresse"
    ANNULER = "annuler", "Revenir à l'ancienne adresse"


class LienCourriel(models.Model):
    """A change of e-mail on its way: confirmed from the new address, undone from the old one."""

    compte = models.ForeignKey(Compte, on_delete=models.CASCADE, related_name="liens_courriel")
    nature = models.CharField(max_length=9, choices=NatureLien.choices)
    ancien = models.EmailField()
    nouveau = models.EmailField()
    lien = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)


class CodeAide(models.Model):
    """Six digits that an interne reads on his profile and says on the telephone; kept as a hash."""

    interne = models.OneToOneField(Interne, on_delete=models.CASCADE, related_name="code_aide")
    code = models.CharField(max_length=200)
    expires_at = models.DateTimeField()
    essais = models.PositiveSmallIntegerField(default=0)


class DemandeCorrection(models.Model):
    """« Cette donnée est fausse »: what an interne asks the ARS to correct, and what it answered."""

    interne = models.ForeignKey(Interne, on_delete=models.CASCADE, related_name="demandes_correction")
    texte = models.TextField(max_length=2000)
    created_at = models.DateTimeField()
    traitee_at = models.DateTimeField(null=True, blank=True)
    traitee_par = models.CharField(max_length=254, blank=True)
    reponse = models.TextField(max_length=2000, blank=True)

    class Meta:
        ordering = ["created_at", "pk"]


class VerrouConnexion(models.Model):
    """Too many wrong passwords for one address somewhere: what the ARS sees, and how often it lifted it.

    Known by the SHA-256 of the address, whether it has an account or not; `levees` stands in the counters'
    key, so that lifting is true for every process at once.
    """

    empreinte = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()
    leve_at = models.DateTimeField(null=True, blank=True)
    levees = models.PositiveIntegerField(default=0)
