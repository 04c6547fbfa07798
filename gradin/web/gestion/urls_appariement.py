"""Addresses of /gestion/appariement/."""

from django.urls import path

from gradin.web.gestion import (
    appariement,
    appariement_depots,
    appariement_fichiers,
    appariement_parametres,
    appariement_tours,
)

urlpatterns = [
    path("appariement/", appariement.campagnes, name="gestion-appariement"),
    path("appariement/<int:pk>/", appariement_parametres.campagne, name="gestion-appariement-campagne"),
    path("appariement/<int:pk>/retirer/", appariement.retirer, name="gestion-appariement-retirer"),
    path(
        "appariement/<int:pk>/parametres/",
        appariement_parametres.parametres,
        name="gestion-appariement-parametres",
    ),
    path(
        "appariement/<int:pk>/importer/<str:quoi>/",
        appariement_depots.importer,
        name="gestion-appariement-import",
    ),
    path(
        "appariement/<int:pk>/depots/<int:depot>/",
        appariement_depots.depot,
        name="gestion-appariement-depot",
    ),
    path(
        "appariement/<int:pk>/resultats.<str:genre>", appariement.exporter, name="gestion-appariement-export"
    ),
    path("appariement/<int:pk>/sites/<int:site>/lien/", appariement.lien, name="gestion-appariement-lien"),
    path("appariement/<int:pk>/tours/<int:numero>/", appariement_tours.tour, name="gestion-appariement-tour"),
    path(
        "appariement/<int:pk>/tours/<int:numero>/<str:code_des>.json",
        appariement_fichiers.fichier,
        name="gestion-appariement-fichier",
    ),
    path(
        "appariement/<int:pk>/tours/<int:numero>/calendrier/",
        appariement.calendrier,
        name="gestion-appariement-calendrier",
    ),
    path(
        "appariement/<int:pk>/tours/<int:numero>/relancer/",
        appariement_tours.relancer,
        name="gestion-appariement-relancer",
    ),
    path(
        "appariement/<int:pk>/tours/<int:numero>/lancer/",
        appariement_tours.lancer,
        name="gestion-appariement-lancer",
    ),
]
