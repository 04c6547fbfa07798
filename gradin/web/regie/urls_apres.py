"""Addresses of the régie once everybody has been called."""

from django.urls import path

from gradin.web.regie import rattrapage

urlpatterns = [
    path("amphis/<int:pk>/rattrapage/", rattrapage.rattrapage, name="regie-rattrapage"),
]
