"""Notifications of the browser (Web Push): our key, the devices that agreed, what is to be sent."""

from django.db import models

from gradin.data.comptes.models import Compte


class CleVapid(models.Model):
    """One row, drawn by `migrate`: what tells push services that it is us. Base64url, without padding."""

    privee = models.CharField(max_length=64)
    publique = models.CharField(max_length=128)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="cle_vapid_unique")]


class Abonnement(models.Model):
    """A device whose owner agreed: its address at its push service, and the keys it alone reads with."""

    compte = models.ForeignKey(Compte, on_delete=models.CASCADE, related_name="abonnements")
    adresse = models.TextField(unique=True)
    p256dh = models.CharField(max_length=128)
    auth = models.CharField(max_length=64)
    appareil = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ["-seen_at", "pk"]


class Notification(models.Model):
    """One thing to say to one device, once: `cle` names the event. Of no use after `expire_at`."""

    abonnement = models.ForeignKey(Abonnement, on_delete=models.CASCADE, related_name="notifications")
    cle = models.CharField(max_length=120)
    titre = models.CharField(max_length=120)
    texte = models.CharField(max_length=300)
    lien = models.CharField(max_length=200)
    urgente = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    expire_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    dead_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["abonnement", "cle"], name="notification_une_fois")]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="notification_a_envoyer",
                condition=models.Q(sent_at=None, dead_at=None),
            )
        ]
