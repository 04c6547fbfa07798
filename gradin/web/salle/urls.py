"""Addresses of the salle."""

from django.urls import path

from gradin.web.salle import couple, favoris, questions, simple, views

urlpatterns = [
    path("", views.show_salle, name="salle"),
    path("favoris/", favoris.favoris, name="salle-favoris"),
    path("couple/", couple.couple, name="salle-couple"),
    path("questions/", questions.questions, name="salle-questions"),
    path("postes/", views.show_offre, name="salle-postes"),
    path("choisir/", simple.ask, name="salle-choisir"),
    path("choix/", simple.confirm, name="salle-choix"),
    path("retour/", simple.ask_back, name="salle-retour"),
    path("recu/", views.show_recu, name="salle-recu"),
]
