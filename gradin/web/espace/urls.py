"""Addresses of « Mon espace »."""

from django.urls import path

from gradin.web.espace import prechoix, views

urlpatterns = [
    path("", views.accueil, name="espace"),
    path("internes/", views.internes, name="espace-internes"),
    path("affectations/", views.affectations, name="espace-affectations"),
    path("postes/", views.postes, name="espace-postes"),
    path("amphis/<int:pk>/prechoix/", prechoix.prechoix, name="espace-prechoix"),
]
