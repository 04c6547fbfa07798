"""Declares the models of demandes to Django."""

from django.apps import AppConfig


class DemandesConfig(AppConfig):
    name = "gradin.data.demandes"
    label = "demandes"
