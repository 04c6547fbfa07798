"""Addresses of /appariement/."""

from django.urls import path

from gradin.web.appariement import accueil, candidat, methode, recus, sites

urlpatterns = [
    path("", accueil.accueil, name="appariement"),
    path("methode/", methode.methode, name="appariement-methode"),
    path("campagnes/<int:pk>/", candidat.voeux, name="appariement-voeux"),
    path("campagnes/<int:pk>/note/", candidat.noter, name="appariement-note"),
    path("campagnes/<int:pk>/reprendre/", candidat.reprendre, name="appariement-reprendre"),
    path("campagnes/<int:pk>/dossier/", candidat.dossier, name="appariement-dossier"),
    path("campagnes/<int:pk>/resultat/", candidat.resultat, name="appariement-resultat"),
    path("campagnes/<int:pk>/recu/<int:numero>/", recus.candidat, name="appariement-recu"),
    path(
        "campagnes/<int:pk>/tours/<int:numero>/<str:code_des>.json",
        recus.liste,
        name="appariement-engagements",
    ),
    path("sites/<int:pk>/recu/<int:numero>/", recus.site, name="appariement-recu-site"),
    path("pieces/<int:pk>/", candidat.piece, name="appariement-piece"),
    path("sites/<int:pk>/", sites.site, name="appariement-site"),
    path("lien/<str:jeton>/", sites.lien, name="appariement-lien"),
    path("lien/<str:jeton>/recu/<int:numero>/", recus.site_du_lien, name="appariement-recu-lien"),
    path("lien/<str:jeton>/pieces/<int:pk>/", sites.piece_du_lien, name="appariement-lien-piece"),
]
