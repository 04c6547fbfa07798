"""Addresses of /gestion/referentiels/."""

from django.urls import path

from gradin.web.gestion import referentiels

urlpatterns = [
    path("referentiels/", referentiels.referentiels, name="gestion-referentiels"),
    path("referentiels/fst/", referentiels.fst, name="gestion-fst"),
    path("referentiels/<str:nom>/", referentiels.table, name="gestion-referentiel-table"),
    path("referentiels/<str:nom>/<int:pk>/", referentiels.ligne, name="gestion-referentiel"),
    path("referentiels/<str:nom>/<int:pk>/fusionner/", referentiels.fusionner, name="gestion-fusionner"),
]
