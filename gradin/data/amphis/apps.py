"""Declares the models of amphis to Django."""

from django.apps import AppConfig


class AmphisConfig(AppConfig):
    name = "gradin.data.amphis"
    label = "amphis"
