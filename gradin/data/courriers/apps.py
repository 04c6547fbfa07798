"""Declares the models of courriers to Django."""

from django.apps import AppConfig


class CourriersConfig(AppConfig):
    name = "gradin.data.courriers"
    label = "courriers"
