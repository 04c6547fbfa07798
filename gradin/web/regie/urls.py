"""Addresses of the régie."""

from django.urls import path

from gradin.web.regie import actes, couples, papier, proces_verbal, questions, secours, views

urlpatterns = [
    path("", views.regie, name="regie"),
    path("amphis/<int:pk>/", views.console, name="regie-amphi"),
    path("amphis/<int:pk>/actes/", actes.actes, name="regie-actes"),
    path("amphis/<int:pk>/proces-verbal.pdf", proces_verbal.proces_verbal, name="regie-proces-verbal"),
    path("amphis/<int:pk>/couples/", couples.couples, name="regie-couples"),
    path("amphis/<int:pk>/papier/", papier.papier, name="regie-papier"),
    path("amphis/<int:pk>/secours/<str:nom>", secours.secours, name="regie-secours"),
    path("amphis/<int:pk>/questions/", questions.questions, name="regie-questions"),
    path("amphis/<int:pk>/questions/<int:question>/", questions.repondre, name="regie-question"),
    path("amphis/<int:pk>/internes/<int:numero>/", actes.interne, name="regie-interne"),
]
