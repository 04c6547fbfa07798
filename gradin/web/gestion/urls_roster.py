"""Addresses of the two tables, /gestion/internes/ and /gestion/postes/: the same views, two registres."""

from django.urls import path

from gradin.web.gestion import corriger, corriger_lot, roster
from gradin.web.gestion.registre import INTERNES, POSTES

urlpatterns = [
    path(adresse, vue, {"registre": registre}, name=f"gestion-{nom}")
    for registre, lieu, un in ((INTERNES, "internes/", "interne"), (POSTES, "postes/", "poste"))
    for adresse, vue, nom in (
        (lieu, roster.table, registre.cle),
        (f"{lieu}export.xlsx", roster.exporter, f"{registre.cle}-export"),
        (f"{lieu}ajouter/", roster.ajouter, f"{un}-ajouter"),
        (f"{lieu}lot/", corriger_lot.lot, f"{registre.cle}-lot"),
        (f"{lieu}<int:pk>/corriger/", corriger.tout, f"{un}-corriger"),
        (f"{lieu}<int:pk>/champ/<str:champ>/", corriger.champ, f"{un}-champ"),
    )
]
