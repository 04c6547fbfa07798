"""Addresses of the pages for anybody."""

from django.urls import path

from gradin.web.public import (
    accueil,
    affectations,
    amphis,
    ecran,
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
    path("amphis/<int:pk>/liste-appel/", amphis.liste_appel, name="liste-appel"),
    path("amphis/<int:pk>/sessions/", amphis.sessions, name="sessions"),
    path("amphis/<int:pk>/ecran/", ecran.ecran, name="ecran"),
    path("affectations/", affectations.affectations, name="affectations"),
    path("informations/", accueil.informations, name="informations"),
    path("verification/<str:code>/", verification.verification, name="verification"),
    path("version/", accueil.version, name="version"),
]
