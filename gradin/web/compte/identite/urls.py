"""To a service of identity and back; `/connexion/avec/<service>/retour/` is the address to declare there."""

from django.urls import path

from gradin.web.compte.identite import views

urlpatterns = [
    path("<slug:cle>/", views.aller, name="identite-aller"),
    path("<slug:cle>/retour/", views.retour, name="identite-retour"),
]
