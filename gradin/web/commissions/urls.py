"""Addresses of /commissions/."""

from django.urls import path

from gradin.web.commissions import membres

urlpatterns = [
    path("", membres.commissions, name="commissions"),
    path("<int:pk>/", membres.commission, name="commission"),
    path("<int:pk>/documents/<int:document>/", membres.document, name="commission-document"),
    path("<int:pk>/proces-verbal.pdf", membres.proces_verbal, name="commission-pv"),
    path("lien/<str:jeton>/", membres.lien, name="commission-lien"),
    path(
        "lien/<str:jeton>/documents/<int:document>/", membres.lien_document, name="commission-lien-document"
    ),
    path("lien/<str:jeton>/proces-verbal.pdf", membres.lien_proces_verbal, name="commission-lien-pv"),
]
