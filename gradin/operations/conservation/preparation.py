"""What is kept of the ARS's preparation: files brought, agréments, commissions."""

from gradin.data.agrements.models import DossierService, LienDossier
from gradin.data.commissions.models import DocumentCommission, LienMembre, MembreCommission
from gradin.data.imports.models import Depot
from gradin.operations.conservation.regle import Regle, ms

REGLES: tuple[Regle, ...] = (
    Regle(
        nom="imports",
        libelle="Fichiers importés par l’ARS",
        pourquoi="Relire un import, l’annuler tant que rien n’en dépend",
        depart="le dépôt du fichier",
        perimes=lambda avant: Depot.objects.filter(created_at__lt=avant),
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
)
