"""Addresses: one include per audience."""

from django.urls import include, path

urlpatterns = [
    path("", include("gradin.web.application.urls")),
    path("", include("gradin.web.public.urls")),
    path("", include("gradin.web.compte.urls")),
    path("", include("gradin.web.compte.urls_demandes")),
    path("", include("gradin.web.parcours.urls")),
    path("mon-espace/", include("gradin.web.parcours.urls_faculte")),
    path("gestion/", include("gradin.web.parcours.urls_gestion")),
    path("services/", include("gradin.web.services.urls")),
    path("aide/", include("gradin.web.aide.urls")),
    path("mon-amphi/", include("gradin.web.salle.urls")),
    path("appariement/", include("gradin.web.appariement.urls")),
    path("regie/", include("gradin.web.regie.urls")),
    path("regie/", include("gradin.web.regie.urls_apres")),
    path("gestion/", include("gradin.web.gestion.urls_semestre")),
    path("gestion/", include("gradin.web.gestion.urls")),
    path("gestion/", include("gradin.web.gestion.urls_demandes")),
    path("gestion/", include("gradin.web.gestion.urls_situations")),
    path("gestion/", include("gradin.web.gestion.urls_publications")),
    path("gestion/", include("gradin.web.gestion.urls_imports")),
    path("gestion/", include("gradin.web.gestion.urls_roster")),
    path("gestion/", include("gradin.web.gestion.urls_referentiels")),
    path("gestion/", include("gradin.web.gestion.urls_courriers")),
    path("gestion/", include("gradin.web.gestion.urls_appariement")),
    path("gestion/", include("gradin.web.gestion.urls_statistiques")),
    path("gestion/", include("gradin.web.gestion.urls_ouverture")),
    path("api/v1/", include("gradin.api.urls")),
]
