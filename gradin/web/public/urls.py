"""Addresses of the pages for anybody."""

from django.urls import path

from gradin.web.public import (
    accueil,
    affectations,
    amphis,
    calendrier,
    ecran,
    informations,
    liste_appel,
    postes,
    recherche,
    recherches,
    verification,
)

urlpatterns = [
    path("", accueil.accueil, name="accueil"),
    path("postes/", postes.postes, name="postes"),
    path("postes/suggestions/", recherche.suggestions, name="postes-suggestions"),
    path("mes-recherches/", recherches.recherches, name="recherches"),
    path("mes-recherches/<int:pk>/", recherches.recherche, name="recherche"),
    path("amphis/", amphis.amphis, name="amphis"),
    path("amphis/<int:pk>/liste-appel/", liste_appel.liste_appel, name="liste-appel"),
    path("amphis/<int:pk>/sessions/", amphis.sessions, name="sessions"),
    path("amphis/<int:pk>/ecran/", ecran.ecran, name="ecran"),
    path("affectations/", affectations.affectations, name="affectations"),
    path("calendrier/", calendrier.calendrier, name="calendrier"),
    path("calendrier/abonnement/", calendrier.abonnement, name="calendrier-abonnement"),
    path("calendrier/<str:secret>.ics", calendrier.agenda_personnel, name="mon-calendrier"),
    path("calendrier.ics", calendrier.agenda, name="calendrier-ics"),
    path("calendrier.pdf", calendrier.papier, name="calendrier-pdf"),
    path("informations/", informations.informations, name="informations"),
    path("informations/<int:pk>/", informations.publication, name="publication"),
    path("informations/<int:pk>/fichier/", informations.fichier, name="publication-fichier"),
    path("verification/<str:code>/", verification.verification, name="verification"),
    path("version/", accueil.version, name="version"),
]
