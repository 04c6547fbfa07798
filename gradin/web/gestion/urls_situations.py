"""Addresses of individual demands, of postes given before the choice, of the trail of acts."""

from django.urls import path

from gradin.web.gestion import actes, hors_choix, situations

urlpatterns = [
    path("situations/", situations.situations, name="gestion-situations"),
    path("situations/lot/", situations.lot, name="gestion-situations-lot"),
    path("situations/delais/", situations.delais, name="gestion-situations-delais"),
    path("situations/<int:pk>/", situations.situation, name="gestion-situation"),
    path("hors-choix/", hors_choix.hors_choix, name="gestion-hors-choix"),
    path("hors-choix/<int:pk>/annuler/", hors_choix.annuler, name="gestion-hors-choix-annuler"),
    path("journal/", actes.actes, name="gestion-journal"),
]
