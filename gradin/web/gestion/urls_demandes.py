"""Addresses of /gestion/statuts/ and /gestion/procurations/."""

from django.urls import path

from gradin.web.gestion import demandes_statut as pages

urlpatterns = [
    path("statuts/", pages.statuts, name="gestion-statuts"),
    path("statuts/<int:pk>/", pages.statut, name="gestion-statut"),
    path("procurations/", pages.procurations, name="gestion-procurations"),
    path("procurations/<int:pk>/annuler/", pages.annuler, name="gestion-procuration-annuler"),
    path("representants/", pages.representants, name="gestion-representants"),
]
