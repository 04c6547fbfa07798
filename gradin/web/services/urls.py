"""Addresses of the fiche of a service, and of what its reader keeps there."""

from django.urls import path

from gradin.web.services import fiche, miens

urlpatterns = [
    path("<str:imotep>/", fiche.service, name="service"),
    path("<str:imotep>/favori/", miens.star, name="service-favori"),
    path("<str:imotep>/note/", miens.note, name="service-note"),
]
