"""Declares the opening of postes to Django."""

from django.apps import AppConfig


class OuvertureConfig(AppConfig):
    name = "gradin.data.ouverture"
    label = "ouverture"
