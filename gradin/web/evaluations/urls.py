"""Addresses of the interne's evaluations."""

from django.urls import path

from gradin.web.evaluations import miennes

urlpatterns = [
    path("evaluations/", miennes.evaluations, name="evaluations"),
    path("evaluations/<int:pk>/", miennes.evaluation, name="evaluation"),
]
