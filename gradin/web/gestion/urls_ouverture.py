"""Addresses of the opening of postes."""

from django.urls import path

from gradin.web.gestion import ouverture, ouverture_postes, ouverture_suite

urlpatterns = [
    path("ouverture/", ouverture.ouvertures, name="gestion-ouvertures"),
    path("ouverture/<int:pk>/", ouverture.ouverture, name="gestion-ouverture"),
    path("ouverture/<int:pk>/reglages/", ouverture_suite.reglages, name="gestion-ouverture-reglages"),
    path("ouverture/<int:pk>/publier/", ouverture_suite.publier, name="gestion-ouverture-publier"),
    path("ouverture/<int:pk>/actes/", ouverture_suite.actes, name="gestion-ouverture-actes"),
    path("ouverture/<int:pk>/<str:des>/<str:nom>/", ouverture_postes.volet, name="gestion-ouverture-volet"),
]
