"""The outbox: a mail is a row written in the transaction of what it tells."""

from django.db import models


class Envoi(models.Model):
    """Sent at least once, told apart by `cle` (also its Message-ID); dead after too many tries."""

    cle = models.CharField(max_length=120, unique=True)
    destinataire = models.EmailField()
    sujet = models.CharField(max_length=200)
    texte = models.TextField()
    html = models.TextField(blank=True)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField(db_index=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    dead_at = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)
    # Dead at the first try: the server, or the address itself, said never.
    refused = models.BooleanField(default=False)
    # Left, but an agent knows that nobody reads that address.
    wrong_at = models.DateTimeField(null=True, blank=True)
    wrong_by = models.CharField(max_length=254, blank=True)


class VersionModele(models.Model):
    """One wording of a mail that the ARS wrote: added, never changed; the last of each `cle` is in force.

    Both texts empty: back to the original.
    """

    cle = models.CharField(max_length=40, db_index=True)
    sujet = models.CharField(max_length=200, blank=True)
    texte = models.TextField(blank=True)
    auteur = models.CharField(max_length=254)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
