"""What is kept of a choice: its preparation, who chose for whom, the private part of the journal."""

from datetime import datetime

from django.db.models import Max, QuerySet

from gradin.data.amphis.models import Amphi, CleIdempotence, EtatAmphi, FaitPrive, Favori, Proposition
from gradin.data.attestations.models import Recueil
from gradin.data.demandes.models import DemandeCouple, Procuration, Question
from gradin.data.prechoix.models import ListeVoeux, Prechoix
from gradin.data.services.models import NoteService
from gradin.operations.conservation.regle import Regle, ms, semestres_begun_before


def amphis_closed_before(instant: datetime) -> QuerySet[Amphi]:
    """By the last line of their journal."""
    clos = Amphi.objects.filter(etat=EtatAmphi.CLOS).annotate(dernier=Max("faits__a"))
    return clos.filter(dernier__lt=ms(instant))


def _openings(avant: datetime) -> QuerySet[FaitPrive]:
    amphis = list(amphis_closed_before(avant).values_list("pk", flat=True))
    return FaitPrive.objects.filter(fait__amphi__in=amphis)


REGLES: tuple[Regle, ...] = (
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
        nom="notes_services",
        libelle="Notes sur des services",
        pourquoi="Préparer votre choix",
        depart="leur dernière modification",
        perimes=lambda avant: NoteService.objects.filter(updated_at__lt=avant),
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
        nom="cles_idempotence",
        libelle="Réponses gardées contre les doubles envois",
        pourquoi="Un clic envoyé deux fois ne choisit pas deux fois",
        depart="l’envoi",
        perimes=lambda avant: CleIdempotence.objects.filter(created_at__lt=avant),
    ),
    Regle(
        nom="propositions",
        libelle="Actes proposés à un second agent",
        pourquoi="Deux agents pour ce qui ne se défait pas",
        depart="la proposition",
        perimes=lambda avant: Proposition.objects.filter(created_at__lt=ms(avant)),
    ),
    Regle(
        nom="ouvertures",
        libelle="Partie privée du journal des amphithéâtres",
        pourquoi="Prouver la régularité du choix en cas de recours",
        depart="la clôture de l’amphithéâtre",
        perimes=_openings,
    ),
    Regle(
        nom="recueils",
        libelle="Attestations réunies pour l’ARS",
        pourquoi="Les remettre aux établissements",
        depart="la demande de l’agent",
        perimes=lambda avant: Recueil.objects.filter(created_at__lt=ms(avant)),
    ),
)
