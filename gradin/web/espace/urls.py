"""Addresses of « Mon espace »."""

from django.urls import path

from gradin.web.espace import agrements, demandes, ouverture, prechoix, views

urlpatterns = [
    path("", views.accueil, name="espace"),
    path("internes/", views.internes, name="espace-internes"),
    path("affectations/", views.affectations, name="espace-affectations"),
    path("postes/", views.postes, name="espace-postes"),
    path("demandes/", demandes.demandes, name="espace-demandes"),
    path("demandes/<int:pk>/avis/", demandes.avis, name="espace-avis"),
    path("agrements/", agrements.agrements, name="espace-agrements"),
    path("ouverture/", ouverture.ouverture, name="espace-ouverture"),
    path("ouverture/<int:pk>/", ouverture.proposition, name="espace-proposition"),
    path("amphis/<int:pk>/prechoix/", prechoix.prechoix, name="espace-prechoix"),
]
