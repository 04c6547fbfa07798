"""Addresses of demands and procurations."""

from django.urls import path

from gradin.web.compte import mandats, procuration, statut

urlpatterns = [
    path("mon-profil/statut/", statut.statut, name="statut"),
    path("mon-profil/procuration/", procuration.procuration, name="procuration"),
    path("procuration/<str:jeton>/", mandats.accepter, name="procuration-accepter"),
    path("mandats/", mandats.mandats, name="mandats"),
    path("mandats/role/", mandats.role, name="role"),
    path("mandats/rendre/", mandats.rendre, name="mandat-rendre"),
]
