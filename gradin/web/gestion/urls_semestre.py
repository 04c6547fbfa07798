"""Addresses of the semester: its cockpit, and the acts that prepare all amphis at once."""

from django.urls import path

from gradin.web.gestion import cockpit, limites, ouvrir, parametres, prechoix, publier, report

urlpatterns = [
    path("", cockpit.cockpit, name="gestion"),
    path("preparer/", cockpit.preparer, name="gestion-preparer"),
    path("publier/", publier.publier, name="gestion-publier"),
    path("ouvrir/", ouvrir.ouvrir, name="gestion-ouvrir"),
    path("reporter/", report.phase, name="gestion-reporter"),
    path("parametres/", parametres.campagne, name="gestion-campagne"),
    path("amphis/<int:pk>/parametres/", parametres.amphi, name="gestion-amphi-parametres"),
    path("amphis/<int:pk>/prechoix/", prechoix.prechoix, name="gestion-prechoix"),
    path("amphis/<int:pk>/sessions/", limites.limites, name="gestion-amphi-sessions"),
    path("amphis/<int:pk>/reporter/", report.amphi, name="gestion-amphi-reporter"),
]
