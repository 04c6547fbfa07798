"""Addresses of the ARS."""

from django.urls import path

from gradin.web.parcours import ars

urlpatterns = [
    path("parcours/", ars.confrontation, name="gestion-parcours"),
    path("parcours/importer/", ars.importer, name="gestion-parcours-importer"),
    path("parcours/<int:pk>/", ars.interne, name="gestion-parcours-interne"),
    path("situation-semestrielle/", ars.situations, name="gestion-semestrielle"),
]
