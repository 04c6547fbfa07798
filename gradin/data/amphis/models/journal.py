"""The journal (append-only: triggers refuse the rest) and what surrounds a command."""

from django.db import models

from gradin.data.amphis.models.amphi import Amphi
from gradin.data.comptes.models import Compte


class Fait(models.Model):
    """One line of the journal (amphi.md §5). Never updated, never deleted."""

    amphi = models.ForeignKey(Amphi, on_delete=models.PROTECT, related_name="faits")
    n = models.PositiveIntegerField()
    a = models.BigIntegerField()
    fait = models.CharField(max_length=40)
    p = models.JSONField()
    c = models.CharField(max_length=64, null=True)
    h = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["amphi", "n"], name="fait_n_unique")]


class FaitPrive(models.Model):
    """The opening of a line's commitment; deleted by the retention job, never updated."""

    fait = models.OneToOneField(Fait, on_delete=models.PROTECT, related_name="ouverture")
    sel = models.CharField(max_length=32)
    prive = models.JSONField()


class CleIdempotence(models.Model):
    """The answer already given to this key of this account; kept 30 days."""

    compte = models.ForeignKey(Compte, on_delete=models.CASCADE)
    cle = models.CharField(max_length=100)
    empreinte = models.CharField(max_length=64)
    statut = models.PositiveSmallIntegerField()
    corps = models.JSONField()
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["compte", "cle"], name="cle_unique")]


class Battement(models.Model):
    """A process that could commit at `vu_le` (ms UTC): alive means able to commit."""

    processus = models.CharField(max_length=64, unique=True)
    vu_le = models.BigIntegerField()


class Presence(models.Model):
    """Which choosers one process sees connected, with several processes only."""

    amphi = models.ForeignKey(Amphi, on_delete=models.CASCADE)
    processus = models.CharField(max_length=64)
    numeros = models.JSONField(default=list)
    vu_le = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["amphi", "processus"], name="presence_unique"),
        ]


class ActeAgent(models.Model):
    """An act before the start (valider, ouvrir, publier_liste…): an ordinary row, kept for the record."""

    amphi = models.ForeignKey(Amphi, on_delete=models.CASCADE, related_name="actes")
    auteur = models.ForeignKey(Compte, on_delete=models.PROTECT, null=True, blank=True)
    acte = models.CharField(max_length=40)
    details = models.JSONField(default=dict, blank=True)
    a = models.BigIntegerField()

    class Meta:
        ordering = ["a", "pk"]


class Proposition(models.Model):
    """An act that waits for a second agent; void when the preview changes or after 24 h."""

    amphi = models.ForeignKey(Amphi, on_delete=models.CASCADE)
    acte = models.JSONField()
    auteur = models.ForeignKey(Compte, on_delete=models.PROTECT, related_name="propositions")
    empreinte = models.CharField(max_length=64)
    created_at = models.BigIntegerField()
    approved_at = models.BigIntegerField(null=True, blank=True)
    approved_by = models.ForeignKey(
        Compte, on_delete=models.PROTECT, null=True, blank=True, related_name="approbations"
    )
