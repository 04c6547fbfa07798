"""Addresses of the interne's own parcours, maquette and situation."""

from django.urls import path

from gradin.web.parcours import miens

urlpatterns = [
    path("mon-parcours/", miens.parcours, name="parcours"),
    path("mon-parcours/ajouter/", miens.ajouter, name="parcours-ajouter"),
    path("mon-parcours/<int:pk>/retirer/", miens.retirer, name="parcours-retirer"),
    path("ma-maquette/", miens.maquette, name="ma-maquette"),
    path("ma-maquette/droit-au-remords/", miens.remords, name="remords"),
    path("ma-situation/", miens.situation, name="ma-situation"),
]
