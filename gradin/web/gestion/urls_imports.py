"""Addresses of /gestion/imports/."""

from django.urls import path

from gradin.web.gestion import colonnes_import, imports

urlpatterns = [
    path("imports/", imports.imports, name="gestion-imports"),
    *(
        path(
            f"imports/modele-{nature}.{genre}",
            colonnes_import.modele,
            {"nature": nature, "genre": genre},
            name=f"gestion-import-modele-{nature}-{genre}",
        )
        for nature in colonnes_import.COLONNES
        for genre in ("xlsx", "csv")
    ),
    path("imports/<int:pk>/", imports.depot, name="gestion-import"),
    path("imports/<int:pk>/detail.xlsx", imports.detail, name="gestion-import-detail"),
    path("imports/<int:pk>/confirmer/", imports.confirmer, name="gestion-import-confirmer"),
    path("imports/<int:pk>/reprendre/", imports.reprendre, name="gestion-import-reprendre"),
    path("imports/<int:pk>/abandonner/", imports.abandonner, name="gestion-import-abandonner"),
    path("imports/<int:pk>/annuler/", imports.annuler, name="gestion-import-annuler"),
]
