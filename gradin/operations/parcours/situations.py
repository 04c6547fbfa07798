"""The campaign of situations semestrielles: its dates, the answers, the mails that ask for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from gradin.data.internes.models import Inscription, Interne
from gradin.data.parcours.models import CampagneSituation, NatureSituation, SituationSemestrielle
from gradin.operations.courriers.rappels import Relance, are_lawful, send_rappels
from gradin.operations.parcours.refus import ParcoursRefuse
from gradin.operations.permissions import check_can_publish
from gradin.queries.parcours.situations import campagne_of, state_of
from gradin.queries.profils import last_inscription
from gradin.queries.visiteurs import Visiteur

SOUHAITS_MAX = 2_000


@transaction.atomic
def open_campagne(
    visiteur: Visiteur,
    semestre: int,
    subdivision: int,
    *,
    ouvre: datetime,
    verrou: datetime,
    rappels: Sequence[int],
    maintenant: datetime,
) -> bool:
    """Opens it or moves its dates (True when it is new). Raises ParcoursRefuse."""
    check_can_publish(visiteur, subdivision)
    if verrou <= ouvre:
        raise ParcoursRefuse("Le verrouillage suit l’ouverture. Corrigez l’une des deux dates.")
    if verrou <= maintenant:
        raise ParcoursRefuse("La date de verrouillage est passée. Choisissez-en une à venir.")
    if not are_lawful(rappels):
        raise ParcoursRefuse("Cinq rappels au plus, de 1 à 89 jours avant le verrouillage.")
    _, neuve = CampagneSituation.objects.update_or_create(
        semestre_id=semestre,
        subdivision_id=subdivision,
        defaults={
            "ouvre_at": ouvre,
            "verrou_at": verrou,
            "rappels": sorted(set(rappels), reverse=True),
            "auteur_id": visiteur.compte,
        },
    )
    return neuve


@transaction.atomic
def declare_situation(interne: int, nature: str, souhaits: str, maintenant: datetime) -> None:
    """His answer may change until the lock. Raises ParcoursRefuse."""
    inscription = last_inscription(interne)
    campagne = campagne_of(inscription) if inscription else None
    if inscription is None or campagne is None or state_of(campagne, maintenant) == "a_venir":
        raise ParcoursRefuse("La situation semestrielle n’est pas encore ouverte. L’ARS vous écrira.")
    if state_of(campagne, maintenant) == "verrouillee":
        raise ParcoursRefuse("La situation semestrielle est verrouillée. Appelez l’ARS pour la changer.")
    if nature not in NatureSituation.values:
        raise ParcoursRefuse("Choisissez votre situation dans la liste.")
    SituationSemestrielle.objects.update_or_create(
        inscription=inscription,
        defaults={
            "nature": nature,
            "souhaits": souhaits.strip()[:SOUHAITS_MAX],
            "declared_at": maintenant,
        },
    )


def send_due(maintenant: datetime) -> int:
    """The mails of the openings and the reminders whose hour has come."""
    return send_rappels(RELANCE, maintenant)


def _silent(campagne: CampagneSituation) -> Iterable[tuple[int, Interne]]:
    rows = Inscription.objects.filter(
        semestre=campagne.semestre_id, subdivision=campagne.subdivision_id, situation_semestrielle=None
    ).exclude(interne__courriel="")
    return ((row.pk, row.interne) for row in rows.select_related("interne"))


RELANCE = Relance(
    modele=CampagneSituation,
    nom="situation",
    fin="verrou_at",
    lien="Déclarer ma situation",
    adresse="/ma-situation/",
    muets=_silent,
)
