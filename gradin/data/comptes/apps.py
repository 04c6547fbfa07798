"""Declares the models of comptes to Django."""

from django.apps import AppConfig


class ComptesConfig(AppConfig):
    name = "gradin.data.comptes"
    label = "comptes"
