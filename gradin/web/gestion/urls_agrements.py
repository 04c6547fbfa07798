"""Addresses of /gestion/agrements/ and /gestion/commissions/."""

from django.urls import path

from gradin.web.gestion import agrements, agrements_campagne, commissions

urlpatterns = [
    path("agrements/", agrements.agrements, name="gestion-agrements"),
    path("agrements/importer/", agrements.importer, name="gestion-agrements-import"),
    path("agrements/etats/<int:pk>/", agrements.etat, name="gestion-agrement-etat"),
    path("agrements/<int:pk>/", agrements_campagne.campagne, name="gestion-agrements-campagne"),
    path("agrements/<int:pk>/services/", agrements_campagne.services, name="gestion-agrements-services"),
    path("commissions/", commissions.commissions, name="gestion-commissions"),
    path("commissions/<int:pk>/", commissions.commission, name="gestion-commission"),
    path("commissions/<int:pk>/proces-verbal.pdf", commissions.proces_verbal, name="gestion-commission-pv"),
]
