"""The campaign of situations semestrielles: its dates, the answers, the mails that ask for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from gradin.data.courriers.models import Envoi
from gradin.data.internes.models import Inscription
from gradin.data.parcours.models import CampagneSituation, NatureSituation, SituationSemestrielle
from gradin.documents.courriel import Lien
from gradin.domain.rang.semestre import parse_semestre
from gradin.operations.courriers.adresse import site_url
from gradin.operations.courriers.modeles import Lettre, compose
from gradin.operations.parcours.refus import ParcoursRefuse
from gradin.operations.permissions import check_can_publish
from gradin.queries.parcours.situations import campagne_of, state_of
from gradin.queries.profils import last_inscription
from gradin.queries.recus import MOIS
from gradin.queries.visiteurs import Visiteur

OUVERTURE = -1
RAPPELS_MAX = 5
SOUHAITS_MAX = 2_000
LOT = 500


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
    if len(rappels) > RAPPELS_MAX or any(not 0 < jours < 90 for jours in rappels):
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
    """Mails of the openings and reminders whose hour has come; each once, whoever else runs."""
    ouvertes = CampagneSituation.objects.filter(ouvre_at__lte=maintenant, verrou_at__gt=maintenant)
    return sum(
        _send(campagne, rappel, maintenant)
        for campagne in ouvertes.select_related("semestre", "subdivision")
        for rappel in _due(campagne, maintenant)[-1:]
    )


def say_limite(campagne: CampagneSituation) -> str:
    """« le 12 mars 2027 à 18 h »."""
    at = campagne.verrou_at.astimezone(ZoneInfo(campagne.subdivision.fuseau))
    heure = f"{at.hour}\u00a0h" + (f"\u00a0{at.minute:02d}" if at.minute else "")
    return f"le {at.day}\u00a0{MOIS[at.month - 1]}\u00a0{at.year} à {heure}"


def _due(campagne: CampagneSituation, maintenant: datetime) -> list[int]:
    """The opening, then reminders by nearness of the lock; of several late ones only the last is sent."""
    dus = [OUVERTURE, *(jours for jours in campagne.rappels if _hour(campagne, jours) <= maintenant)]
    return [un for un in dus if un not in campagne.envoyes]


def _hour(campagne: CampagneSituation, jours: int) -> datetime:
    return max(campagne.ouvre_at, campagne.verrou_at - timedelta(days=jours))


def _send(campagne: CampagneSituation, rappel: int, maintenant: datetime) -> int:
    """Worded first: the writer waits for no mail."""
    envois = [*_word(campagne, rappel, maintenant)]
    envoyes = sorted({*campagne.envoyes, *_due(campagne, maintenant)})
    with transaction.atomic():
        row = CampagneSituation.objects.select_for_update(of=("self",), no_key=True).get(pk=campagne.pk)
        if rappel in row.envoyes:
            return 0
        row.envoyes = envoyes
        row.save(update_fields=["envoyes"])
        Envoi.objects.bulk_create(envois, batch_size=LOT, ignore_conflicts=True)
    return len(envois)


def _word(campagne: CampagneSituation, rappel: int, maintenant: datetime) -> Iterable[Envoi]:
    modele = "situation-ouverte" if rappel == OUVERTURE else "situation-rappel"
    lien = Lien(mots="Déclarer ma situation", adresse=site_url("/ma-situation/"))
    rows = Inscription.objects.filter(
        semestre=campagne.semestre_id,
        subdivision=campagne.subdivision_id,
        situation_semestrielle=None,
    ).exclude(interne__courriel="")
    for row in rows.select_related("interne"):
        courrier = compose(
            Lettre(
                modele=modele,
                valeurs={
                    "nom": str(row.interne),
                    "semestre": parse_semestre(campagne.semestre.code).libelle,
                    "limite": say_limite(campagne),
                    "lien": lien,
                },
            )
        )
        yield Envoi(
            cle=f"situation-{campagne.pk}-{'ouverte' if rappel == OUVERTURE else rappel}-{row.pk}",
            destinataire=row.interne.courriel,
            sujet=courrier.sujet,
            texte=courrier.texte,
            html=courrier.html,
            created_at=maintenant,
            due_at=maintenant,
        )
