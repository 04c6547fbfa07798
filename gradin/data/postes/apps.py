"""Declares the models of postes to Django."""

from django.apps import AppConfig


class PostesConfig(AppConfig):
    name = "gradin.data.postes"
    label = "postes"
