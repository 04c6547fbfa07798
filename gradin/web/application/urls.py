"""Addresses of the installed application: service worker, manifest, notifications of one's devices."""

from django.urls import path

from gradin.web.application import notifications, views

urlpatterns = [
    path("sw.js", views.service, name="service"),
    path("manifest.webmanifest", views.manifeste, name="manifeste"),
    path("hors-ligne/", views.hors_ligne, name="hors-ligne"),
    path("mon-profil/notifications/", notifications.notifications, name="notifications"),
    path("mon-profil/notifications/abonner/", notifications.abonner, name="notifications-abonner"),
    path("mon-profil/notifications/oublier/", notifications.oublier, name="notifications-oublier"),
    path("mon-profil/notifications/essayer/", notifications.essayer, name="notifications-essayer"),
    path("mon-profil/notifications/<int:pk>/retirer/", notifications.retirer, name="notifications-retirer"),
]
