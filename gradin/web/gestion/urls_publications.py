"""Addresses of /gestion/calendrier/ and /gestion/informations/."""

from django.urls import path

from gradin.web.gestion import annuaire, calendrier, informations

urlpatterns = [
    path("calendrier/", calendrier.calendrier, name="gestion-calendrier"),
    path("calendrier/nouveau/", calendrier.ajouter, name="gestion-evenement-nouveau"),
    path("calendrier/<int:pk>/", calendrier.changer, name="gestion-evenement"),
    path("calendrier/<int:pk>/retirer/", calendrier.retirer, name="gestion-evenement-retirer"),
    path("informations/", informations.informations, name="gestion-informations"),
    path("informations/nouveau/<str:genre>/", informations.ajouter, name="gestion-publication-nouvelle"),
    path("informations/<int:pk>/", informations.changer, name="gestion-publication"),
    path("informations/<int:pk>/retirer/", informations.retirer, name="gestion-publication-retirer"),
    path("informations/contacts/nouveau/", annuaire.ajouter, name="gestion-contact-nouveau"),
    path("informations/contacts/<int:pk>/", annuaire.changer, name="gestion-contact"),
    path("informations/contacts/<int:pk>/retirer/", annuaire.retirer, name="gestion-contact-retirer"),
    path("informations/ars/<int:pk>/", annuaire.ars, name="gestion-contact-ars"),
]
