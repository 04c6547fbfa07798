"""Addresses of /gestion/courriels/."""

from django.urls import path

from gradin.web.gestion import courriers, modeles

urlpatterns = [
    path("courriels/", courriers.courriels, name="gestion-courriels"),
    path("courriels/<int:pk>/relancer/", courriers.renvoyer, name="gestion-courriel-relancer"),
    path("courriels/<int:pk>/erronee/", courriers.erroner, name="gestion-courriel-erronee"),
    path("courriels/modeles/", modeles.modeles, name="gestion-modeles"),
    path("courriels/modeles/<str:cle>/", modeles.modele, name="gestion-modele"),
]
