"""What is kept of an account: ways in, contacts, devices, mails, the history of its fiche."""

from django.contrib.sessions.models import Session
from django.db.models import Q

from gradin.data.comptes.models import Jeton
from gradin.data.courriers.models import Envoi
from gradin.data.notifications.models import Abonnement, Notification
from gradin.data.profils.models import (
    Changement,
    CodeAide,
    DemandeCorrection,
    DemandeInscription,
    LienCourriel,
    VerrouConnexion,
)
from gradin.operations.conservation.regle import Regle

REGLES: tuple[Regle, ...] = (
    Regle(
        nom="sessions",
        libelle="Sessions ouvertes et appareils",
        pourquoi="Rester connecté, voir et fermer ses sessions",
        depart="leur expiration",
        perimes=lambda avant: Session.objects.filter(expire_date__lt=avant),
    ),
    Regle(
        nom="jetons",
        libelle="Jetons de l’API",
        pourquoi="Accès de vos programmes",
        depart="leur expiration",
        perimes=lambda avant: Jeton.objects.filter(expires_at__lt=avant),
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
        nom="courriels",
        libelle="Courriels envoyés",
        pourquoi="Savoir ce qui est parti et ce qui a été refusé",
        depart="l’envoi",
        perimes=lambda avant: Envoi.objects.filter(Q(sent_at__lt=avant) | Q(dead_at__lt=avant)),
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
