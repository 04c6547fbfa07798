"""Addresses of the faculty, in « Mon espace »."""

from django.urls import path

from gradin.web.parcours import faculte

urlpatterns = [
    path("parcours/", faculte.semestres, name="espace-parcours"),
    path("maquettes/", faculte.maquettes, name="espace-maquettes"),
    path("maquettes/<int:pk>/", faculte.maquette, name="espace-maquette"),
]
