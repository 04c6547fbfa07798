"""Announces the hour of the rattrapage: those who passed and who chooses for them are written to."""

from __future__ import annotations

from django.db import transaction

from gradin.data.amphis.models import EtatAmphi, Place, Statut
from gradin.operations.amphis.actes_avant import record_acte
from gradin.operations.amphis.handling import lock_amphi
from gradin.operations.courriers.enqueue import enqueue_rattrapage
from gradin.queries.etats import lire_etat
from gradin.queries.procurations import mandataires_of
from gradin.queries.rattrapages import ACTE


class AnnonceRefusee(Exception):
    """French, says what to do next."""


@transaction.atomic
def announce_rattrapage(amphi: int, debut: int, *, auteur: int | None, maintenant: int) -> int:
    """How many internes are told; announced again, the last hour holds. Raises AnnonceRefusee.

    Locks the amphi. Opening it stays an act of its own, at that hour: the engine then decides who
    may come back.
    """
    row = lock_amphi(amphi)
    if row.etat not in (EtatAmphi.EN_COURS, EtatAmphi.PAUSE):
        raise AnnonceRefusee("Un rattrapage s’annonce pendant l’amphithéâtre, avant sa clôture.")
    if lire_etat(amphi)[1].rattrapage:
        raise AnnonceRefusee("Le rattrapage est déjà ouvert. Replacez un interne depuis la file d’appel.")
    if debut <= maintenant:
        raise AnnonceRefusee("Cette heure est passée. Choisissez une heure à venir.")
    places = Place.objects.filter(amphi=amphi, statut=Statut.PASSE)
    internes = [*places.order_by("rang").values_list("inscription__interne", flat=True)]
    if not internes:
        raise AnnonceRefusee("Personne n’est passé\u00a0: il n’y a personne à rattraper.")
    details = {"debut": debut, "prevenus": len(internes)}
    acte = record_acte(row, ACTE, auteur=auteur, maintenant=maintenant, details=details)
    mandataires = mandataires_of(internes, row.semestre_id)
    avis = [(amphi, acte.pk, interne, interne in mandataires) for interne in internes]
    enqueue_rattrapage(avis, maintenant)
    return len(internes)
