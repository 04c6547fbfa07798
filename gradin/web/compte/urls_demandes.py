"""Addresses of demands and procurations."""

from django.urls import path

from gradin.web.compte import mandats, mes_demandes, procuration, statut

urlpatterns = [
    path("mes-demandes/", mes_demandes.mes_demandes, name="mes-demandes"),
    path("mes-demandes/<int:pk>/", mes_demandes.ma_demande, name="ma-demande"),
    path("mes-demandes/nouvelle/<slug:nature>/", mes_demandes.nouvelle, name="nouvelle-demande"),
    path("mon-profil/statut/", statut.statut, name="statut"),
    path("mon-profil/procuration/", procuration.procuration, name="procuration"),
    path("procuration/<str:jeton>/", mandats.accepter, name="procuration-accepter"),
    path("mandats/", mandats.mandats, name="mandats"),
    path("mandats/role/", mandats.role, name="role"),
    path("mandats/rendre/", mandats.rendre, name="mandat-rendre"),
]
