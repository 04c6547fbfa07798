"""What is kept of a parcours: demands, situations semestrielles, evaluations of stages."""

from gradin.data.demandes.models import DemandeIndividuelle, DemandeStatut, Mouvement
from gradin.data.evaluations.models import BrouillonEvaluation, Participation
from gradin.data.parcours.models import SituationSemestrielle
from gradin.operations.conservation.regle import Regle, ms, semestres_begun_before

REGLES: tuple[Regle, ...] = (
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
)
