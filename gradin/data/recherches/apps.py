"""Declares the saved searches."""

from django.apps import AppConfig


class RecherchesConfig(AppConfig):
    name = "gradin.data.recherches"
    label = "recherches"
