"""How long each kind of personal data is kept, and what erases it afterwards: one table."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Model, QuerySet

from gradin.operations.conservation import amphis, appariement, comptes, parcours, preparation
from gradin.operations.conservation.regle import Regle

# Days, by kind; GRADIN_CONSERVATION in the settings replaces some of them.
JOURS: Mapping[str, int] = {
    "cles_idempotence": 30,
    "courriels": 90,
    "jetons": 7,
    "sessions": 0,
    "codes_aide": 1,
    "liens_courriel": 90,
    "verrous_connexion": 1,
    "demandes_inscription": 180,
    "imports": 30,
    "imports_appariement": 30,
    "recueils": 7,
    "propositions": 365,
    "corrections": 365,
    "historique": 730,
    "favoris": 30,
    "voeux": 30,
    "prechoix": 30,
    "pieces_candidature": 30,
    "notes_appariement": 180,
    "rangs_appariement": 180,
    "presentations_candidature": 30,
    "explications_appariement": 180,
    "fichiers_appariement": 180,
    "liens_appariement": 30,
    "notes_services": 730,
    "demandes_statut": 365,
    "situations": 365,
    "brouillons_evaluation": 0,
    "participations_evaluation": 365,
    "demandes_individuelles": 1_460,
    "motifs_hors_choix": 730,
    "procurations": 365,
    "couples": 365,
    "questions": 30,
    "ouvertures": 730,
    "liens_agrement": 30,
    "dossiers_agrement": 1_825,
    "liens_commission": 30,
    "membres_commission": 1_825,
    "documents_commission": 1_825,
    "notifications": 7,
    "abonnements": 400,
    "anciens_internes": 730,
}

REGLES: tuple[Regle, ...] = (
    *comptes.REGLES,
    *preparation.REGLES,
    *amphis.REGLES,
    *appariement.REGLES,
    *parcours.REGLES,
)


def days_of(nom: str, reglages: Mapping[str, int]) -> int:
    return reglages.get(nom, JOURS[nom])


def expired(regle: Regle, maintenant: int, reglages: Mapping[str, int]) -> QuerySet[Model]:
    instant = datetime.fromtimestamp(maintenant / 1000, UTC)
    return regle.perimes(instant - timedelta(days=days_of(regle.nom, reglages)))


def orphan_devices() -> Iterator[int]:
    """Devices listed in the profile whose session is gone: they hold an address of the network."""
    vivantes = set(Session.objects.values_list("session_key", flat=True))
    for pk, cle in UserSession.objects.values_list("pk", "session_key"):
        if cle not in vivantes:
            yield pk
