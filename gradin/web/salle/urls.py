"""Addresses of the salle."""

from django.urls import path

from gradin.web.salle import chances, couple, favoris, maquette, questions, simple, views, voeux

urlpatterns = [
    path("", views.show_salle, name="salle"),
    path("favoris/", favoris.favoris, name="salle-favoris"),
    path("voeux/", voeux.voeux, name="salle-voeux"),
    path("chances/", chances.chances, name="salle-chances"),
    path("maquette/", maquette.maquette, name="salle-maquette"),
    path("couple/", couple.couple, name="salle-couple"),
    path("questions/", questions.questions, name="salle-questions"),
    path("postes/", views.show_offre, name="salle-postes"),
    path("choisir/", simple.ask, name="salle-choisir"),
    path("choix/", simple.confirm, name="salle-choix"),
    path("retour/", simple.ask_back, name="salle-retour"),
    path("recu/", views.show_recu, name="salle-recu"),
]
