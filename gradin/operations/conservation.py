"""How long each kind of personal data is kept, and what erases it afterwards: one table."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Max, Model, Q, QuerySet

from gradin.data.agrements.models import DossierService, LienDossier
from gradin.data.amphis.models import Amphi, CleIdempotence, EtatAmphi, FaitPrive, Favori, Proposition
from gradin.data.appariement.models import (
    CalculAppariement,
    Candidature,
    DepotAppariement,
    LienResponsable,
    NoteSite,
    PieceCandidature,
    RangCandidat,
    ResultatCandidat,
)
from gradin.data.attestations.models import Recueil
from gradin.data.commissions.models import DocumentCommission, LienMembre, MembreCommission
from gradin.data.comptes.models import Jeton
from gradin.data.courriers.models import Envoi
from gradin.data.demandes.models import (
    DemandeCouple,
    DemandeIndividuelle,
    DemandeStatut,
    Mouvement,
    Procuration,
    Question,
)
from gradin.data.evaluations.models import BrouillonEvaluation, Participation
from gradin.data.imports.models import Depot
from gradin.data.notifications.models import Abonnement, Notification
from gradin.data.parcours.models import SituationSemestrielle
from gradin.data.prechoix.models import ListeVoeux, Prechoix
from gradin.data.profils.models import (
    Changement,
    CodeAide,
    DemandeCorrection,
    DemandeInscription,
    LienCourriel,
    VerrouConnexion,
)
from gradin.data.referentiel.models import Semestre
from gradin.data.services.models import NoteService
from gradin.domain.rang.semestre import parse_semestre

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Regle:
    """`perimes`: rows over their time, given the instant before which things are old.

    `vides`: what their fields become where the row itself stays; none: the row goes.
    """

    nom: str
    libelle: str
    pourquoi: str
    depart: str
    perimes: Callable[[datetime], QuerySet[Model]]
    vides: Mapping[str, Any] = field(default_factory=dict)


def ms(instant: datetime) -> int:
    return round(instant.timestamp() * 1000)


def semestres_begun_before(instant: datetime) -> list[int]:
    jour = instant.date()
    codes = Semestre.objects.values_list("pk", "code")
    return [pk for pk, code in codes if parse_semestre(code).debut < jour]


def amphis_closed_before(instant: datetime) -> QuerySet[Amphi]:
    """By the last line of their journal."""
    clos = Amphi.objects.filter(etat=EtatAmphi.CLOS).annotate(dernier=Max("faits__a"))
    return clos.filter(dernier__lt=ms(instant))


def _openings(avant: datetime) -> QuerySet[FaitPrive]:
    amphis = list(amphis_closed_before(avant).values_list("pk", flat=True))
    return FaitPrive.objects.filter(fait__amphi__in=amphis)


REGLES: tuple[Regle, ...] = (
    Regle(
        nom="cles_idempotence",
        libelle="Réponses gardées contre les doubles envois",
        pourquoi="Un clic envoyé deux fois ne choisit pas deux fois",
        depart="l’envoi",
        perimes=lambda avant: CleIdempotence.objects.filter(created_at__lt=avant),
    ),
    Regle(
        nom="courriels",
        libelle="Courriels envoyés",
        pourquoi="Savoir ce qui est parti et ce qui a été refusé",
        depart="l’envoi",
        perimes=lambda avant: Envoi.objects.filter(Q(sent_at__lt=avant) | Q(dead_at__lt=avant)),
    ),
    Regle(
        nom="jetons",
        libelle="Jetons de l’API",
        pourquoi="Accès de vos programmes",
        depart="leur expiration",
        perimes=lambda avant: Jeton.objects.filter(expires_at__lt=avant),
    ),
    Regle(
        nom="sessions",
        libelle="Sessions ouvertes et appareils",
        pourquoi="Rester connecté, voir et fermer ses sessions",
        depart="leur expiration",
        perimes=lambda avant: Session.objects.filter(expire_date__lt=avant),
    ),
    Regle(
        nom="codes_aide",
        libelle="Code d’aide",
        pourquoi="Se faire reconnaître au téléphone",
        depart="son expiration",
        perimes=lambda avant: CodeAide.objects.filter(expires_at__lt=avant),
    ),
    Regle(
        nom="liens_courriel",
        libelle="Changements de courriel",
        pourquoi="Confirmer la nouvelle adresse, revenir à l’ancienne",
        depart="l’expiration du lien",
        perimes=lambda avant: LienCourriel.objects.filter(expires_at__lt=avant),
    ),
    Regle(
        nom="verrous_connexion",
        libelle="Blocages de connexion",
        pourquoi="Protéger votre compte, permettre à l’ARS de lever le blocage",
        depart="le dernier essai",
        perimes=lambda avant: VerrouConnexion.objects.filter(at__lt=avant),
    ),
    Regle(
        nom="demandes_inscription",
        libelle="Demandes d’inscription",
        pourquoi="Vérifier votre identité avec l’ARS",
        depart="la demande",
        perimes=lambda avant: DemandeInscription.objects.filter(created_at__lt=avant),
    ),
    Regle(
        nom="imports",
        libelle="Fichiers importés par l’ARS",
        pourquoi="Relire un import, l’annuler tant que rien n’en dépend",
        depart="le dépôt du fichier",
        perimes=lambda avant: Depot.objects.filter(created_at__lt=avant),
    ),
    Regle(
        nom="imports_appariement",
        libelle="Fichiers des sites et des candidats d’un appariement",
        pourquoi="Relire un import, l’annuler tant que rien n’en dépend",
        depart="le dépôt du fichier",
        perimes=lambda avant: DepotAppariement.objects.filter(created_at__lt=ms(avant)),
    ),
    Regle(
        nom="recueils",
        libelle="Attestations réunies pour l’ARS",
        pourquoi="Les remettre aux établissements",
        depart="la demande de l’agent",
        perimes=lambda avant: Recueil.objects.filter(created_at__lt=ms(avant)),
    ),
    Regle(
        nom="propositions",
        libelle="Actes proposés à un second agent",
        pourquoi="Deux agents pour ce qui ne se défait pas",
        depart="la proposition",
        perimes=lambda avant: Proposition.objects.filter(created_at__lt=ms(avant)),
    ),
    Regle(
        nom="corrections",
        libelle="Demandes de correction",
        pourquoi="Vous répondre",
        depart="la réponse de l’ARS",
        perimes=lambda avant: DemandeCorrection.objects.filter(traitee_at__lt=avant),
    ),
    Regle(
        nom="historique",
        libelle="Historique des changements de votre fiche",
        pourquoi="Dire qui a changé quoi",
        depart="le changement",
        perimes=lambda avant: Changement.objects.filter(at__lt=avant),
    ),
    Regle(
        nom="favoris",
        libelle="Favoris",
        pourquoi="Préparer votre choix",
        depart="le début du semestre choisi",
        perimes=lambda avant: Favori.objects.filter(inscription__semestre__in=semestres_begun_before(avant)),
    ),
    Regle(
        nom="voeux",
        libelle="Vœux",
        pourquoi="Préchoix et choix par vœux",
        depart="le début du semestre choisi",
        perimes=lambda avant: ListeVoeux.objects.filter(
            place__amphi__semestre__in=semestres_begun_before(avant)
        ),
    ),
    Regle(
        nom="prechoix",
        libelle="Résultats des préchoix",
        pourquoi="Vous dire ce que vous auriez obtenu",
        depart="le début du semestre choisi",
        perimes=lambda avant: Prechoix.objects.filter(amphi__semestre__in=semestres_begun_before(avant)),
    ),
    Regle(
        nom="pieces_candidature",
        libelle="Dossiers des docteurs juniors (contrat de formation, CV)",
        pourquoi="Vous faire connaître des sites que vous demandez",
        depart="le début du semestre choisi",
        perimes=lambda avant: PieceCandidature.objects.filter(
            candidature__campagne__semestre__in=semestres_begun_before(avant)
        ),
    ),
    Regle(
        nom="notes_appariement",
        libelle="Notes données aux sites (appariement)",
        pourquoi="Calculer le résultat, le recalculer en cas de recours",
        depart="le début du semestre choisi",
        perimes=lambda avant: NoteSite.objects.filter(
            tour__campagne__semestre__in=semestres_begun_before(avant)
        ),
    ),
    Regle(
        nom="rangs_appariement",
        libelle="Classements des candidats par les sites (appariement)",
        pourquoi="Calculer le résultat, le recalculer en cas de recours",
        depart="le début du semestre choisi",
        perimes=lambda avant: RangCandidat.objects.filter(
            tour__campagne__semestre__in=semestres_begun_before(avant)
        ),
    ),
    Regle(
        nom="presentations_candidature",
        libelle="Présentation écrite par les docteurs juniors",
        pourquoi="Vous faire connaître des sites que vous demandez",
        depart="le début du semestre choisi",
        perimes=lambda avant: Candidature.objects.filter(
            campagne__semestre__in=semestres_begun_before(avant)
        ).exclude(presentation=""),
        vides={"presentation": ""},
    ),
    Regle(
        nom="explications_appariement",
        libelle="Raison de chaque vœu, avec la note donnée (appariement)",
        pourquoi="Vous dire pourquoi vous avez obtenu ce site, et non un autre",
        depart="le début du semestre choisi",
        perimes=lambda avant: ResultatCandidat.objects.filter(
            tour__campagne__semestre__in=semestres_begun_before(avant)
        ).exclude(explications=[]),
        vides={"explications": []},
    ),
    Regle(
        nom="fichiers_appariement",
        libelle="Fichiers des appariements, sous des codes\u202f; leur empreinte reste",
        pourquoi="Recalculer le résultat en cas de recours",
        depart="le début du semestre choisi",
        perimes=lambda avant: CalculAppariement.objects.filter(
            tour__campagne__semestre__in=semestres_begun_before(avant)
        ).exclude(fichier=""),
        vides={"fichier": ""},
    ),
    Regle(
        nom="liens_appariement",
        libelle="Liens envoyés aux responsables de terrain de stage (appariement)",
        pourquoi="Classer sans compte",
        depart="leur expiration",
        perimes=lambda avant: LienResponsable.objects.filter(expires_at__lt=ms(avant)),
    ),
    Regle(
        nom="notes_services",
        libelle="Notes sur des services",
        pourquoi="Préparer votre choix",
        depart="leur dernière modification",
        perimes=lambda avant: NoteService.objects.filter(updated_at__lt=avant),
    ),
    Regle(
        nom="demandes_statut",
        libelle="Demandes de changement de statut",
        pourquoi="Instruire votre demande\u202f; aucun document médical n’entre ici",
        depart="le début du semestre choisi",
        perimes=lambda avant: DemandeStatut.objects.filter(
            inscription__semestre__in=semestres_begun_before(avant)
        ),
    ),
    Regle(
        nom="demandes_individuelles",
        libelle="Demandes individuelles (stage libre, disponibilité, année-recherche…)",
        pourquoi="En tenir compte dans votre ancienneté et vos choix\u202f; aucun document n’entre ici",
        depart="la demande",
        perimes=lambda avant: DemandeIndividuelle.objects.filter(asked_at__lt=ms(avant)),
    ),
    Regle(
        nom="motifs_hors_choix",
        libelle="Motif d’un poste attribué avant le choix",
        pourquoi="Justifier l’attribution en cas de recours",
        depart="l’attribution",
        perimes=lambda avant: Mouvement.objects.filter(hors_choix__isnull=False, a__lt=ms(avant)),
    ),
    Regle(
        nom="situations",
        libelle="Situations semestrielles et souhaits",
        pourquoi="Compter les postes à ouvrir, préparer votre maquette",
        depart="le début du semestre choisi",
        perimes=lambda avant: SituationSemestrielle.objects.filter(
            inscription__semestre__in=semestres_begun_before(avant)
        ),
    ),
    Regle(
        nom="brouillons_evaluation",
        libelle="Évaluation de stage commencée et pas envoyée",
        pourquoi="La finir plus tard",
        depart="la fermeture de la campagne",
        perimes=lambda avant: BrouillonEvaluation.objects.filter(campagne__ferme_at__lt=avant),
    ),
    Regle(
        nom="participations_evaluation",
        libelle="Stages évalués (sans ce que vous en avez dit)",
        pourquoi="Une seule évaluation par stage",
        depart="la fermeture de la campagne",
        perimes=lambda avant: Participation.objects.filter(campagne__ferme_at__lt=avant),
    ),
    Regle(
        nom="procurations",
        libelle="Procurations, avec les coordonnées du mandataire",
        pourquoi="Choisir à votre place",
        depart="le début du semestre choisi",
        perimes=lambda avant: Procuration.objects.filter(semestre__in=semestres_begun_before(avant)),
    ),
    Regle(
        nom="couples",
        libelle="Demandes de couple",
        pourquoi="Choisir l’un juste après l’autre",
        depart="le début du semestre choisi",
        perimes=lambda avant: DemandeCouple.objects.filter(amphi__semestre__in=semestres_begun_before(avant)),
    ),
    Regle(
        nom="questions",
        libelle="Questions posées à l’ARS pendant le choix",
        pourquoi="Vous répondre pendant votre amphithéâtre",
        depart="la question",
        perimes=lambda avant: Question.objects.filter(asked_at__lt=ms(avant)),
    ),
    Regle(
        nom="ouvertures",
        libelle="Partie privée du journal des amphithéâtres",
        pourquoi="Prouver la régularité du choix en cas de recours",
        depart="la clôture de l’amphithéâtre",
        perimes=_openings,
    ),
    Regle(
        nom="liens_agrement",
        libelle="Liens envoyés aux chefs de service (agréments)",
        pourquoi="Répondre sans compte",
        depart="leur expiration",
        perimes=lambda avant: LienDossier.objects.filter(expires_at__lt=ms(avant)),
    ),
    Regle(
        nom="dossiers_agrement",
        libelle="Dossiers d’agrément des services, avec l’adresse de leur responsable",
        pourquoi="Justifier la décision de la commission",
        depart="la fin de la campagne",
        perimes=lambda avant: DossierService.objects.filter(campagne__clot__lt=avant.date()),
    ),
    Regle(
        nom="liens_commission",
        libelle="Liens envoyés aux membres d’une commission",
        pourquoi="Lire les documents sans compte",
        depart="leur expiration",
        perimes=lambda avant: LienMembre.objects.filter(expires_at__lt=ms(avant)),
    ),
    Regle(
        nom="membres_commission",
        libelle="Membres convoqués à une commission et leur présence",
        pourquoi="Convoquer, dire qui était présent",
        depart="la réunion",
        perimes=lambda avant: MembreCommission.objects.filter(commission__debut__lt=ms(avant)),
    ),
    Regle(
        nom="documents_commission",
        libelle="Documents remis aux membres d’une commission",
        pourquoi="Préparer la commission, justifier ses décisions",
        depart="la réunion",
        perimes=lambda avant: DocumentCommission.objects.filter(commission__debut__lt=ms(avant)),
    ),
    Regle(
        nom="notifications",
        libelle="Notifications envoyées à vos appareils",
        pourquoi="Ne pas vous dire deux fois la même chose",
        depart="leur création",
        perimes=lambda avant: Notification.objects.filter(created_at__lt=avant),
    ),
    Regle(
        nom="abonnements",
        libelle="Appareils où vous avez accepté les notifications",
        pourquoi="Vous prévenir, page fermée",
        depart="leur dernière activation",
        perimes=lambda avant: Abonnement.objects.filter(seen_at__lt=avant),
    ),
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
