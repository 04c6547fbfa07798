"""Addresses of one amphi's call list, of its versions, and of its pre-flight."""

from django.urls import path

from gradin.web.gestion import controle, rangs, versions

urlpatterns = [
    path("amphis/<int:pk>/liste/", rangs.liste, name="gestion-amphi-liste"),
    path("amphis/<int:pk>/liste/export.xlsx", rangs.exporter, name="gestion-amphi-liste-export"),
    path("amphis/<int:pk>/liste/ex-aequo/", rangs.ex_aequo, name="gestion-amphi-ex-aequo"),
    path("amphis/<int:pk>/liste/versions/", versions.versions, name="gestion-amphi-versions"),
    path("amphis/<int:pk>/liste/publier/", versions.publier, name="gestion-amphi-publier"),
    path("amphis/<int:pk>/liste/corriger/", versions.corriger, name="gestion-amphi-corriger"),
    path("amphis/<int:pk>/liste/<int:place>/", rangs.rang, name="gestion-amphi-rang"),
    path("amphis/<int:pk>/controle/", controle.controle, name="gestion-amphi-controle"),
]
