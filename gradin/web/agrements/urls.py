"""Addresses of /agrements/."""

from django.urls import path

from gradin.web.agrements import dossier, liste

urlpatterns = [
    path("", liste.agrements, name="agrements"),
    path("dossier/<str:jeton>/", dossier.dossier, name="agrement-dossier"),
]
